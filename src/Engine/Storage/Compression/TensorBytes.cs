namespace MonaLisa.Engine.Storage;

/// <summary>
/// The bytes of a matrix of whole numbers as the entropy coder wants them: a grid's table is written feature by feature, its entries
/// perhaps less the mean of two neighbours, and all lowest digits come before all higher ones.
/// </summary>
internal static class TensorBytes
{
    /// <summary>Writes the numbers.</summary>
    /// <param name="numbers">The numbers, row-major.</param>
    /// <param name="slot">Their shape.</param>
    /// <param name="form">Digits of each, and whether neighbours are subtracted.</param>
    /// <param name="bytes">Receives <see cref="TensorForm.Length"/> bytes.</param>
    public static void Write(ReadOnlySpan<int> numbers, TensorSlot slot, TensorForm form, Span<byte> bytes)
    {
        int[] ordered = Residuals(numbers, slot, form);
        for (int digit = 0; digit < form.DigitCount; digit++)
            for (int i = 0; i < ordered.Length; i++)
                bytes[digit * ordered.Length + i] = (byte)ByteDigits.Digit(ordered[i], digit);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">The bytes; any will do.</param>
    /// <param name="slot">The numbers' shape.</param>
    /// <param name="form">Digits of each, and whether neighbours were subtracted.</param>
    /// <param name="step">What each number is multiplied by.</param>
    /// <param name="values">Receives the products, row-major.</param>
    public static void Read(ReadOnlySpan<byte> bytes, TensorSlot slot, TensorForm form, float step, Span<float> values)
    {
        int runs = Runs(slot), runLength = values.Length / runs;
        int[] run = new int[runLength];
        for (int feature = 0; feature < runs; feature++)
        {
            for (int i = 0; i < runLength; i++)
            {
                int number = form.IsPredicted ? Prediction(run, i, slot) : 0;
                for (int digit = 0; digit < form.DigitCount; digit++)
                    number += (sbyte)bytes[digit * values.Length + feature * runLength + i] << (8 * digit);
                run[i] = form.IsPredicted ? ByteDigits.Wrap(number, form.DigitCount) : number;
            }
            for (int i = 0; i < runLength; i++)
                values[i * runs + feature] = run[i] * step;
        }
    }

    /// <summary>The numbers in the order of the file, less what is predicted of them.</summary>
    public static int[] Residuals(ReadOnlySpan<int> numbers, TensorSlot slot, TensorForm form)
    {
        int[] ordered = new int[numbers.Length];
        int runs = Runs(slot), runLength = numbers.Length / runs;
        for (int feature = 0; feature < runs; feature++)
        {
            Span<int> run = ordered.AsSpan(feature * runLength, runLength);
            for (int i = 0; i < runLength; i++)
                run[i] = numbers[i * runs + feature];
            // From the end, so that the neighbours are still whole.
            for (int i = runLength - 1; form.IsPredicted && i >= 0; i--)
                run[i] = ByteDigits.Wrap(run[i] - Prediction(run, i, slot), form.DigitCount);
        }
        return ordered;
    }

    /// <summary>A table's features lie apart; other matrices stay as they are.</summary>
    private static int Runs(TensorSlot slot) => slot.LevelColumns is null ? 1 : slot.Columns;

    /// <summary>The mean, rounded down, of the entries to the left and above, of those that there are.</summary>
    private static int Prediction(ReadOnlySpan<int> run, int i, TensorSlot slot)
    {
        int columns = slot.LevelColumns!.Value;
        if (i == 0)
            return 0;
        return i < columns ? run[i - 1] : (run[i - 1] + run[i - columns]) >> 1;
    }
}
