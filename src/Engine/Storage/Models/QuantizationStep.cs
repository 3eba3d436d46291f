namespace MonaLisa.Engine.Storage;

/// <summary>
/// Uniform quantisation: a number is a whole number times a step. Steps are 32-bit numbers whose lower 16 bits are zero, so that two
/// bytes hold one; the product is exact up to the rounding of one multiplication, and the same on every machine.
/// </summary>
internal static class QuantizationStep
{
    private const int StoredShift = 16;

    /// <summary>The step that stands for a matrix of zeros.</summary>
    public const float OfZeros = 1;

    /// <summary>The smallest step of this kind that is no less than a number.</summary>
    /// <param name="atLeast">Above 0; what is above the largest step gives the largest.</param>
    public static float Ceiling(double atLeast)
    {
        uint smallest = 1u << StoredShift, largest = BitConverter.SingleToUInt32Bits(float.MaxValue) >> StoredShift << StoredShift;
        uint bits = BitConverter.SingleToUInt32Bits((float)Math.Min(atLeast, float.MaxValue)) >> StoredShift << StoredShift;
        float step = BitConverter.UInt32BitsToSingle(Math.Clamp(bits, smallest, largest));
        return step < atLeast && bits < largest ? BitConverter.UInt32BitsToSingle(bits + smallest) : step;
    }

    /// <summary>The two bytes of a step.</summary>
    public static ushort Store(float step) => (ushort)(BitConverter.SingleToUInt32Bits(step) >> StoredShift);

    /// <summary>The step of two bytes; from a stranger it may be no number above 0, see <see cref="IsValid"/>.</summary>
    public static float Load(ushort stored) => BitConverter.UInt32BitsToSingle((uint)stored << StoredShift);

    /// <summary>Whether a step is a finite number above 0.</summary>
    public static bool IsValid(float step) => step > 0 && float.IsFinite(step);

    /// <summary>The whole number that times the step comes nearest to a number.</summary>
    public static int Quantize(float value, float step) => (int)Math.Round((double)value / step);
}

/// <summary>The steps that a matrix may be quantised with.</summary>
/// <param name="Finest">The finest, with which its largest number has as many digits as there can be.</param>
/// <param name="Coarsest">The coarsest, with which every number becomes zero.</param>
internal readonly record struct StepRange(float Finest, float Coarsest)
{
    /// <summary>The range of a matrix.</summary>
    public static StepRange Of(ReadOnlySpan<float> numbers)
    {
        float largest = 0;
        foreach (float number in numbers)
            largest = Math.Max(largest, Math.Abs(number));
        return largest == 0
            ? new StepRange(QuantizationStep.OfZeros, QuantizationStep.OfZeros)
            : new StepRange(QuantizationStep.Ceiling((double)largest / ByteDigits.Largest), QuantizationStep.Ceiling(2.0 * largest));
    }

    /// <summary>The step of this range that is nearest to one.</summary>
    public float Nearest(double step) =>
        step <= Finest ? Finest : step >= Coarsest ? Coarsest : Math.Min(QuantizationStep.Ceiling(step), Coarsest);
}

/// <summary>A network whose every matrix is whole numbers times a step.</summary>
/// <param name="Network">The network, its numbers those products.</param>
/// <param name="Steps">Each matrix's step, in the order of <see cref="NetworkTensor"/>.</param>
internal sealed record QuantizedNetwork(Mlp Network, IReadOnlyList<float> Steps)
{
    /// <summary>Quantises a network.</summary>
    /// <param name="network">The network, every number finite.</param>
    /// <param name="steps">A step for each matrix, see <see cref="QuantizationStep"/>.</param>
    public static QuantizedNetwork Of(Mlp network, IReadOnlyList<float> steps)
    {
        Mlp quantized = network.Clone();
        IReadOnlyList<float[]> numbers = NetworkTensor.ValuesOf(quantized);
        for (int i = 0; i < numbers.Count; i++)
            Quantize(numbers[i], steps[i]);
        return new QuantizedNetwork(quantized, steps);
    }

    /// <summary>Quantises numbers in place.</summary>
    public static void Quantize(Span<float> numbers, float step)
    {
        foreach (ref float number in numbers)
            number = QuantizationStep.Quantize(number, step) * step;
    }

    /// <summary>The whole numbers of a matrix.</summary>
    public int[] WholeNumbers(int tensor) =>
        Array.ConvertAll(NetworkTensor.ValuesOf(Network)[tensor], number => QuantizationStep.Quantize(number, Steps[tensor]));
}
