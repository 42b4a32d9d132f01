namespace Understudy.Data;

/// <summary>The public data sets whose addresses and checksums are known.</summary>
/// <remarks>
/// MNIST (LeCun, Cortes, Burges) and Fashion-MNIST (Xiao, Rasul, Vollgraf, 2017; arXiv 1708.07747): the MD5 that torchvision checks, or the
/// SHA-256 of the same arrays packed anew. MedMNIST's 2-D sets of one label and one of its 3-D sets (Yang et al., Scientific Data 2023; arXiv 2110.14795), sides of 28:
/// the MD5 in its info.py.
/// </remarks>
public static class PublicDataSets
{
    private static readonly string[] Organs =
        ["bladder", "femur-left", "femur-right", "heart", "kidney-left", "kidney-right", "liver", "lung-left", "lung-right", "pancreas", "spleen"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PublicDataSet> All { get; } =
    [
        new(
            "mnist", "60,000 + 10,000 handwritten digits, 28x28 grey, 10 classes", "CC BY-SA 3.0",
            new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/"), "", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            [
                new(
                    "train-images-idx3-ubyte.gz",
                    "md5:f68b3c2dcbeaaa9fbdd348bbdeb94873",
                    "sha256:71524e2cd1ad2968737f7f2f2ff69cbfc32df8ccddff51593f7cb2d4e0eb5b64"),
                new(
                    "train-labels-idx1-ubyte.gz",
                    "md5:d53e105ee54ea40749a09fcbcd1e9432",
                    "sha256:fe03b8bd7915f70bf5aa08be480aa413fbd85afcaa58b35d230d335f284fd88e"),
                new(
                    "t10k-images-idx3-ubyte.gz",
                    "md5:9fb629c4189551a2d022fa330f9573f3",
                    "sha256:5634745efa576a17e7d4cf5cd9d09123c75e6538e5114267c2d156edaf519341"),
                new(
                    "t10k-labels-idx1-ubyte.gz",
                    "md5:ec29112dd5afa0611ce80d1b7f02629c",
                    "sha256:ae18e77e031ccde52407f794d123116439864147d33ac992975f85dd4dc42af6"),
            ]),
        new(
            "fashion-mnist", "60,000 + 10,000 articles of clothing, 28x28 grey, 10 classes", "MIT",
            new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"), "",
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
            [
                new(
                    "train-images-idx3-ubyte.gz",
                    "md5:8d4fb7e6c68d591d4c3dfef9ec88bf0d",
                    "sha256:a26751d72d89606ffbfdd4dd5d16911f01e93a7ff4783c95da7307a073d79fa7"),
                new("train-labels-idx1-ubyte.gz", "md5:25c81989df183df01b3e8a0aad5dffbe"),
                new(
                    "t10k-images-idx3-ubyte.gz",
                    "md5:bef4ecab320f06d8554ea6380940ec79",
                    "sha256:78cb45a589ec14266eab4ac0cb2e9e10a4c076ae2d337fe86383d761bff83f32"),
                new("t10k-labels-idx1-ubyte.gz", "md5:bb300cfdad3c16e7a12a480ee83cd310"),
            ]),
        new(
            "omniglot-small", "2,720 + 2,120 drawings of characters, 105x105 grey, 5 + 3 alphabets", "MIT",
            new Uri("https://raw.githubusercontent.com/brendenlake/omniglot/master/python/"), "",
            ["Balinese", "Early_Aramaic", "Greek", "Korean", "Latin", "Japanese_(katakana)", "Sanskrit", "Tagalog"],
            [
                new("images_background_small1.zip", "sha256:f38eb80f801274ac2b4dff5b24289016bfaba4a7d5bb50deebf27104ad6cb8a4"),
                new("images_background_small2.zip", "sha256:3ccaa407515a8778e5d0861875af38b17e418f301ad5bb3b5a6b65d901a41c7f"),
            ]),
        MedMnist(
            "pneumoniamnist", "4,708 + 524 + 624 chest X-rays of children, 28x28 grey, 2 classes", ["normal", "pneumonia"],
            "md5:28209eda62fecd6e6a2d98b1501bb15f", "sha256:ea16bb79179ed4bb788961463b8d2f84b6ed2a8644fd61101f97accada8da43c"),
        MedMnist(
            "adrenalmnist3d", "1,188 + 98 + 298 shapes of adrenal glands, volumes of 28x28x28, 2 classes", ["normal", "hyperplasia"],
            "md5:bbd3c5a5576322bc4cdfea780653b1ce"),
        MedMnist(
            "breastmnist", "546 + 78 + 156 breast ultrasound images, 28x28 grey, 2 classes", ["malignant", "normal, benign"],
            "md5:750601b1f35ba3300ea97c75c52ff8f6"),
        MedMnist(
            "bloodmnist", "11,959 + 1,712 + 3,421 blood cells, 28x28 RGB, 8 classes",
            ["basophil", "eosinophil", "erythroblast", "immature granulocytes", "lymphocyte", "monocyte", "neutrophil", "platelet"],
            "md5:7053d0359d879ad8a5505303e11de1dc"),
        MedMnist(
            "dermamnist", "7,007 + 1,003 + 2,005 skin lesions, 28x28 RGB, 7 classes",
            [
                "actinic keratoses and intraepithelial carcinoma", "basal cell carcinoma", "benign keratosis-like lesions", "dermatofibroma",
                "melanoma", "melanocytic nevi", "vascular lesions",
            ],
            "md5:0744692d530f8e62ec473284d019b0c7") with { Licence = "CC BY-NC 4.0" },
        MedMnist(
            "octmnist", "97,477 + 10,832 + 1,000 retinal OCT images, 28x28 grey, 4 classes",
            ["choroidal neovascularization", "diabetic macular edema", "drusen", "normal"],
            "md5:c68d92d5b585d8d81f7112f81e2d0842"),
        MedMnist(
            "organamnist", "34,561 + 6,491 + 17,778 axial CT slices of organs, 28x28 grey, 11 classes", Organs,
            "md5:68e3f8846a6bd62f0c9bf841c0d9eacc"),
        MedMnist(
            "organcmnist", "12,975 + 2,392 + 8,216 coronal CT slices of organs, 28x28 grey, 11 classes", Organs,
            "md5:b9ceb9546e10131b32923c5bbeaea2b1"),
        MedMnist(
            "organsmnist", "13,932 + 2,452 + 8,827 sagittal CT slices of organs, 28x28 grey, 11 classes", Organs,
            "md5:9ab87b696fb54e2a387ebe992d6ed5f1"),
        MedMnist(
            "pathmnist", "89,996 + 10,004 + 7,180 colon histology patches, 28x28 RGB, 9 classes",
            [
                "adipose", "background", "debris", "lymphocytes", "mucus", "smooth muscle", "normal colon mucosa", "cancer-associated stroma",
                "colorectal adenocarcinoma epithelium",
            ],
            "md5:a8b06965200029087d5bd730944a56c1"),
        MedMnist(
            "retinamnist", "1,080 + 120 + 400 fundus photographs, 28x28 RGB, 5 grades", ["0", "1", "2", "3", "4"],
            "md5:bd4c0672f1bba3e3a89f0e4e876791e4"),
        MedMnist(
            "tissuemnist", "165,466 + 23,640 + 47,280 kidney cortex cells, 28x28 grey, 8 classes",
            [
                "Collecting Duct, Connecting Tubule", "Distal Convoluted Tubule", "Glomerular endothelial cells", "Interstitial endothelial cells",
                "Leukocytes", "Podocytes", "Proximal Tubule Segments", "Thick Ascending Limb",
            ],
            "md5:ebe78ee8b05294063de985d821c1c34b"),
    ];

    /// <summary>The set of a name.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public static PublicDataSet Find(string name) => All.FirstOrDefault(set => set.Name == name)
        ?? throw new InputException($"unknown data set '{name}'{NearestName.Hint(name, [.. All.Select(set => set.Name)])}");

    private static PublicDataSet MedMnist(string name, string contents, string[] classNames, params string[] checksums) => new(
        name, contents, "CC BY 4.0",
        new Uri("https://zenodo.org/records/10519652/files/"), "?download=1", classNames,
        [new($"{name}.npz", checksums)]);
}
