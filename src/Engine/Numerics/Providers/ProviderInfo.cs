using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine;

/// <summary>What is known of a compute provider on this machine.</summary>
/// <param name="Provider">Which.</param>
/// <param name="IsAvailable">Whether it can be used here.</param>
/// <param name="IsDefault">Whether <see cref="ComputeProvider.Auto"/> takes it.</param>
/// <param name="Version">The library's version, or the engine's; null where it is not available.</param>
/// <param name="InstructionSet">The vector instructions it uses, such as <c>AVX-512</c>; null where unknown.</param>
/// <param name="Path">The native library's file, or null where there is none.</param>
/// <param name="Reason">Why it is the default, or why it is not available and what to do.</param>
public sealed record ProviderInfo(
    ComputeProvider Provider, bool IsAvailable, bool IsDefault, string? Version, string? InstructionSet, string? Path, string Reason);
