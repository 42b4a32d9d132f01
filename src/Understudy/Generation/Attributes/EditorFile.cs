using System.Text.Json;
using Understudy.Data;

namespace Understudy.Generation.Attributes;

/// <summary>What a saved IFcVAE-GAN must know of itself to be opened: <c>editor.json</c> beside its networks.</summary>
/// <param name="Shape">Of an image.</param>
/// <param name="Values">Names of the attribute's two values.</param>
/// <param name="Options">How it was made.</param>
public sealed record EditorFile(ImageShape Shape, IReadOnlyList<string> Values, IfcVaeGanOptions Options)
{
    /// <summary>The file's name.</summary>
    public const string Name = "editor.json";

    /// <summary>Saves a model so that <see cref="Open"/> finds all that it needs.</summary>
    public void Write(IfcVaeGan model, string folder)
    {
        model.Save(folder);
        AtomicFile.WriteText(Path.Combine(folder, Name), JsonText.Write(this));
    }

    /// <summary>Opens a saved model.</summary>
    /// <exception cref="InputException">The folder holds none.</exception>
    public static (EditorFile File, IfcVaeGan Model) Open(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!System.IO.File.Exists(path)) throw new InputException($"{folder} holds no model that edits (there is no {Name}); run a study with an 'edit' section, such as samples/edit.yaml");
        try
        {
            var file = JsonSerializer.Deserialize<EditorFile>(System.IO.File.ReadAllText(path), JsonText.Options)!;
            var model = new IfcVaeGan(file.Options, file.Shape, file.Values);
            model.Load(folder);
            return (file, model);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or FileNotFoundException)
        {
            throw new InputException($"{path}: the model is damaged or not whole ({exception.Message.ReplaceLineEndings(" ")}); train it again", exception);
        }
    }
}
