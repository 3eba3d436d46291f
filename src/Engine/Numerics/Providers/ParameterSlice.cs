namespace MonaLisa.Engine.Numerics;

/// <summary>A run of a network's parameters that one thread updates at a time.</summary>
/// <param name="Layer">The layer it belongs to.</param>
/// <param name="Start">The first float.</param>
/// <param name="Length">Number of floats, a multiple of <see cref="PanelLayout.HalfWidth"/>.</param>
internal readonly record struct ParameterSlice(int Layer, int Start, int Length);
