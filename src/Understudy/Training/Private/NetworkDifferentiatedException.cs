namespace Understudy.Training.Private;

/// <summary>The losses differentiate the network themselves, so its history may not be cut.</summary>
internal sealed class NetworkDifferentiatedException : Exception;
