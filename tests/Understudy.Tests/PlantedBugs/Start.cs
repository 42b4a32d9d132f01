namespace Understudy.Tests.PlantedBugs;

/// <summary>Starts the training under test.</summary>
internal delegate IPrivateSteps Start(Trial trial);
