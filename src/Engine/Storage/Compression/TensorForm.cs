namespace MonaLisa.Engine.Storage;

/// <summary>How a matrix of whole numbers is written; two bytes of a step and one of the rest in a compressed file's table.</summary>
/// <param name="Step">What each whole number is multiplied by.</param>
/// <param name="DigitCount">Bytes of each number, 0 where all are zero.</param>
/// <param name="IsPredicted">Whether the mean of two neighbours is subtracted; only in tables of a grid.</param>
internal readonly record struct TensorForm(float Step, int DigitCount, bool IsPredicted)
{
    /// <summary>Bytes in the file's table.</summary>
    public const int StoredSize = 3;

    private const int DigitMask = 3, PredictedFlag = 4;

    /// <summary>The byte that follows the step.</summary>
    public byte Flags => (byte)(DigitCount | (IsPredicted ? PredictedFlag : 0));

    /// <summary>Bytes of a matrix before they are compressed.</summary>
    public long Length(TensorSlot slot) => slot.Length * DigitCount;

    /// <summary>Reads the byte that follows the step; false where it has bits that mean nothing.</summary>
    public static bool TryParse(float step, byte flags, bool mayBePredicted, out TensorForm form)
    {
        form = new TensorForm(step, flags & DigitMask, (flags & PredictedFlag) != 0);
        return form.Flags == flags && (mayBePredicted || !form.IsPredicted);
    }

    /// <summary>The form in which numbers take the least room.</summary>
    public static TensorForm Best(ReadOnlySpan<int> numbers, TensorSlot slot, float step)
    {
        var plain = new TensorForm(step, ByteDigits.CountFor(numbers), IsPredicted: false);
        if (slot.LevelColumns is null || plain.DigitCount == 0)
            return plain;
        TensorForm predicted = plain with { IsPredicted = true };
        return Entropy.Bits(TensorBytes.Residuals(numbers, slot, predicted)) < Entropy.Bits(numbers) ? predicted : plain;
    }
}
