using System.Runtime.InteropServices;
using MonaLisa.Engine.Numerics;

namespace MonaLisa.Engine.Training;

/// <summary>What a run with latents remembers besides the network, between two epochs.</summary>
/// <param name="Targets">What the latents are rounded from, <c>[channels, height, width]</c>.</param>
/// <param name="EntropyMoments">Adam's means of the entropy network's gradients, then the means of their squares.</param>
/// <param name="SynthesisMoments">The same of the layers' gradients.</param>
/// <param name="Numbers">Single numbers, 64 bits each; see <see cref="this"/>.</param>
internal sealed record LatentState(float[] Targets, float[] EntropyMoments, float[] SynthesisMoments, byte[] Numbers)
{
    private static readonly int NumberCount = Enum.GetValues<LatentNumber>().Length;

    /// <summary>One of the numbers.</summary>
    public double this[LatentNumber number]
    {
        get => MemoryMarshal.Cast<byte, double>(Numbers.AsSpan())[(int)number];
        set => MemoryMarshal.Cast<byte, double>(Numbers.AsSpan())[(int)number] = value;
    }

    /// <summary>Whether a run can have these numbers.</summary>
    public bool IsPossible =>
        this[LatentNumber.Passes] is >= 0 and < long.MaxValue && this[LatentNumber.TargetRate] is > 0 and <= 1 && this[LatentNumber.LastError] >= 0 &&
        this[LatentNumber.LeastStep] is >= LatentEncoding.MinStep and <= LatentEncoding.MaxStep &&
        this[LatentNumber.EntropySteps] is >= 0 and <= int.MaxValue && this[LatentNumber.SynthesisSteps] is >= 0 and <= int.MaxValue &&
        this[LatentNumber.DescribedBytes] is >= 0 and <= int.MaxValue && this[LatentNumber.SearchChanges] is >= 0 and <= int.MaxValue &&
        this[LatentNumber.SearchWait] is >= 0 and <= int.MaxValue && Array.TrueForAll(Targets, target => MathF.Abs(target) <= short.MaxValue) &&
        Array.TrueForAll(EntropyMoments, float.IsFinite) && Array.TrueForAll(SynthesisMoments, float.IsFinite);

    /// <summary>Room for what a run of a network remembers.</summary>
    public static LatentState For(MlpDesign design) => new(
        new float[((LatentEncoding)design.Encoding).TensorShapes[LatentEncoding.LatentTensor].Length], new float[2 * CountEntropy(design)],
        new float[2 * CountLayers(design)], new byte[NumberCount * sizeof(double)]);

    /// <summary>The bytes that <see cref="For"/> makes room for.</summary>
    public static long CountBytes(MlpDesign design) =>
        (design.Encoding.TensorShapes[LatentEncoding.LatentTensor].Length + 2 * (CountEntropy(design) + CountLayers(design))) * sizeof(float) +
        NumberCount * sizeof(double);

    private static long CountEntropy(MlpDesign design) =>
        design.Encoding.TensorShapes.Skip(LatentEncoding.FirstEntropyTensor).Sum(shape => shape.Length);

    private static long CountLayers(MlpDesign design) => ParameterBudget.CountParameters(design) - design.Encoding.ParameterCount;
}

/// <summary>A number of a <see cref="LatentState"/>, in their order.</summary>
internal enum LatentNumber
{
    /// <summary>Passes over the latents, which the order of the next depends on.</summary>
    Passes,

    /// <summary>The share of the gradient that targets follow.</summary>
    TargetRate,

    /// <summary>The error when they last did; infinite after the step was changed.</summary>
    LastError,

    /// <summary>The least quantisation step.</summary>
    LeastStep,

    /// <summary>Steps of the entropy network.</summary>
    EntropySteps,

    /// <summary>Steps of the layers.</summary>
    SynthesisSteps,

    /// <summary>The bytes of a file besides its code.</summary>
    DescribedBytes,

    /// <summary>The logarithm of the step that the search tried last; not a number before the first.</summary>
    SearchStep,

    /// <summary>By how much that missed.</summary>
    SearchMiss,

    /// <summary>How much farther than expected the search goes.</summary>
    SearchBoost,

    /// <summary>How often the search has changed the step.</summary>
    SearchChanges,

    /// <summary>The epochs until it may again.</summary>
    SearchWait,
}
