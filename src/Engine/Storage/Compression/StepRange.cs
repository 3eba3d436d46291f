namespace MonaLisa.Engine.Storage;

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
