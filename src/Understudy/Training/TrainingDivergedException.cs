namespace Understudy.Training;

/// <summary>A training's losses are no longer numbers.</summary>
/// <param name="message">Which method, which loss, at which step.</param>
public sealed class TrainingDivergedException(string message) : Exception(message);
