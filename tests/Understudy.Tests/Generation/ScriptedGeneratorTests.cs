using System.Diagnostics;
using System.Runtime.InteropServices;
using Understudy.Data;
using Understudy.Generation;
using Understudy.Tests.Data;
using Understudy.Tests.Training.Private;
using Understudy.Torch;
using Understudy.Training;

namespace Understudy.Tests.Generation;

/// <summary>What is saved of a model for others to run, run by PyTorch.</summary>
public sealed class ScriptedGeneratorTests
{
    private const string Interpreter = "/usr/bin/python3";
    private const int Count = 5; // another batch size than that of the tracing

    private const string Script = """
        import sys, torch, numpy as np
        for name in sys.argv[2:]:
            path = sys.argv[1] + "/" + name
            z = torch.from_numpy(np.fromfile(path + ".in", dtype="<f4").reshape(5, -1))
            images = torch.from_numpy(np.fromfile(path + ".out", dtype="<f4"))
            ours = torch.jit.load(path + ".ts")(z).flatten()
            print(name, float((ours - images).abs().max()), float(images.std()))
        """;

    private static readonly string[] Methods =
    [
        "fcgan", "dcgan", "lsgan", "hingegan", "wgan", "wgangp", "fgan", "lapgan", "cogan", "ssgan", "vae", "aae", "vaegan", "ali", "pix2pix", "cyclegan", "srgan",
        "cgan", "acgan", "infogan", "gan3d",
    ];

    [Fact]
    public void Python_draws_the_same_images_from_every_exported_generator()
    {
        if (!File.Exists(Interpreter) || !File.Exists("/usr/lib/python3/dist-packages/torch/__init__.py")) Assert.Skip($"{Interpreter} has no PyTorch");
        using var folder = new TempFolder();
        foreach (var method in Methods) Export(method, folder);

        var lines = Run(folder.Path);

        Assert.Equal(Methods, lines.Select(line => line[0]));
        Assert.All(lines, line =>
        {
            Assert.True(double.Parse(line[1]) < 1e-4, $"{line[0]}: images differ by {line[1]}");
            Assert.True(double.Parse(line[2]) > 3e-4, $"{line[0]}: images are flat, {line[2]}");
        });
    }

    /// <summary>A generator, what goes into it and what comes out of it here.</summary>
    private static void Export(string method, TempFolder folder)
    {
        var entry = Synthesizers.Get(method);
        var members = method == "gan3d" ? Volumes.Balls(24) : Images.Noise(24, 1, 28, 28, classes: 2);
        using var synthesizer = (GeneratorSynthesizer)entry.Create(SmallOptions.Of(entry, 2, 500), members.Shape, members.ClassNames);
        synthesizer.Fit(members.Private(folder, method), new FitContext(folder[$"{method}-run"], 1));
        synthesizer.Save(folder[$"{method}-model"]);
        File.Move(folder[$"{method}-model/generator.ts"], folder[$"{method}.ts"]);
        using var scope = new TensorScope();
        using var latents = synthesizer.OpenLatents();
        var labels = latents.ClassNames.Count == 0 ? null : Tensor.From([0L, 1L, 1L, 0L, 1L]);
        var z = latents.Draw(Count, labels);
        var images = latents.Forward(z, labels);
        if (method == "infogan") images = (images + 1) / 2; // its own range is [0, 1]
        Write(folder[$"{method}.in"], labels is null ? z : Tensor.Cat([z, labels.OneHot(2).To(DType.Float32)], 1));
        Write(folder[$"{method}.out"], images);
    }

    private static void Write(string path, Tensor values) => File.WriteAllBytes(path, MemoryMarshal.AsBytes<float>(values.ToArray<float>()).ToArray());

    private static string[][] Run(string folder)
    {
        var start = new ProcessStartInfo(Interpreter, ["-W", "ignore", "-c", Script, folder, .. Methods]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
    }
}
