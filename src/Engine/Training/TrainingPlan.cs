namespace MonaLisa.Engine;

/// <summary>What is chosen for a picture: a network and its training.</summary>
/// <param name="Design">The network.</param>
/// <param name="Options">The training; what is null in it is the trainer's own choice.</param>
public sealed record TrainingPlan(MlpDesign Design, TrainingOptions Options);
