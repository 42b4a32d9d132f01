namespace Understudy.Data;

/// <summary>Input that the user gave is wrong. The message is one line: what is wrong, where, and what would be right.</summary>
/// <param name="message">The line shown to the user; the command line prints it and exits with code 2.</param>
/// <param name="inner">The cause, shown only with <c>--verbose</c>.</param>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
