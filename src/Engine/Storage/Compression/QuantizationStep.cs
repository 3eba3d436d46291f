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
