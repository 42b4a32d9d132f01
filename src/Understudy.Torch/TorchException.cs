namespace Understudy.Torch;

/// <summary>libtorch refused a call; the message is its own.</summary>
/// <param name="message">libtorch's text.</param>
public sealed class TorchException(string message) : Exception(message);
