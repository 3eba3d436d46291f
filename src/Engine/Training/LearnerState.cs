using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>A number that a learner remembers for each parameter from step to step.</summary>
/// <param name="Name">One of <see cref="StateNames"/>.</param>
/// <param name="Layers">For the layers' parameters, laid out as they are; null where it is for the tables alone.</param>
/// <param name="Tables">For the encoding's tables, laid out as they are; empty where it is for the layers alone.</param>
internal sealed record LearnerState(string Name, AlignedBuffer? Layers, IReadOnlyList<AlignedBuffer> Tables);
