namespace MonaLisa.Engine.Training;

/// <summary>What a search at the end of a run changes.</summary>
/// <param name="Latents">The latents of each channel.</param>
/// <param name="Step">The quantisation step.</param>
/// <param name="Synthesis">The numbers of the synthesis.</param>
internal sealed record LatentChoice(short[][] Latents, float Step, float[] Synthesis);
