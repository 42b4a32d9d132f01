namespace Understudy.Data;

/// <summary>A file could not be fetched. The message is one line: what, from where, and what may help.</summary>
/// <param name="message">The line shown to the user.</param>
/// <param name="inner">The cause.</param>
public sealed class FetchException(string message, Exception? inner = null) : Exception(message, inner);
