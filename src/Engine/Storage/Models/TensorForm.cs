using System.Runtime.InteropServices;

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
    public long Length(NetworkTensor tensor) => tensor.Length * DigitCount;

    /// <summary>Reads the byte that follows the step; false where it has bits that mean nothing.</summary>
    public static bool TryParse(float step, byte flags, bool mayBePredicted, out TensorForm form)
    {
        form = new TensorForm(step, flags & DigitMask, (flags & PredictedFlag) != 0);
        return form.Flags == flags && (mayBePredicted || !form.IsPredicted);
    }

    /// <summary>The form in which numbers take the least room.</summary>
    public static TensorForm Best(ReadOnlySpan<int> numbers, NetworkTensor tensor, float step)
    {
        var plain = new TensorForm(step, ByteDigits.CountFor(numbers), IsPredicted: false);
        if (tensor.LevelColumns is null || plain.DigitCount == 0)
            return plain;
        TensorForm predicted = plain with { IsPredicted = true };
        return Entropy.Bits(TensorBytes.Residuals(numbers, tensor, predicted)) < Entropy.Bits(numbers) ? predicted : plain;
    }
}

/// <summary>
/// The bytes of a matrix of whole numbers in the order that compresses best: a grid's table is written feature by feature, its entries
/// perhaps less the mean of two neighbours, and all lowest digits come before all higher ones.
/// </summary>
internal static class TensorBytes
{
    /// <summary>Writes the numbers.</summary>
    /// <param name="numbers">The numbers, row-major.</param>
    /// <param name="tensor">Their shape.</param>
    /// <param name="form">Digits of each, and whether neighbours are subtracted.</param>
    /// <param name="bytes">Receives <see cref="TensorForm.Length"/> bytes.</param>
    public static void Write(ReadOnlySpan<int> numbers, NetworkTensor tensor, TensorForm form, Span<byte> bytes)
    {
        int[] ordered = Residuals(numbers, tensor, form);
        for (int digit = 0; digit < form.DigitCount; digit++)
            for (int i = 0; i < ordered.Length; i++)
                bytes[digit * ordered.Length + i] = (byte)ByteDigits.Digit(ordered[i], digit);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">The bytes; they may be any.</param>
    /// <param name="tensor">The numbers' shape.</param>
    /// <param name="form">Digits of each, and whether neighbours were subtracted.</param>
    /// <param name="step">What each number is multiplied by.</param>
    /// <param name="values">Receives the products, row-major.</param>
    public static void Read(ReadOnlySpan<byte> bytes, NetworkTensor tensor, TensorForm form, float step, Span<float> values)
    {
        int runs = Runs(tensor), runLength = values.Length / runs;
        int[] run = new int[runLength];
        for (int feature = 0; feature < runs; feature++)
        {
            for (int i = 0; i < runLength; i++)
            {
                int number = form.IsPredicted ? Prediction(run, i, tensor) : 0;
                for (int digit = 0; digit < form.DigitCount; digit++)
                    number += (sbyte)bytes[digit * values.Length + feature * runLength + i] << (8 * digit);
                run[i] = form.IsPredicted ? ByteDigits.Wrap(number, form.DigitCount) : number;
            }
            for (int i = 0; i < runLength; i++)
                values[i * runs + feature] = run[i] * step;
        }
    }

    /// <summary>The numbers in the order of the file, less what is predicted of them.</summary>
    public static int[] Residuals(ReadOnlySpan<int> numbers, NetworkTensor tensor, TensorForm form)
    {
        int[] ordered = new int[numbers.Length];
        int runs = Runs(tensor), runLength = numbers.Length / runs;
        for (int feature = 0; feature < runs; feature++)
        {
            Span<int> run = ordered.AsSpan(feature * runLength, runLength);
            for (int i = 0; i < runLength; i++)
                run[i] = numbers[i * runs + feature];
            // From the end, so that the neighbours are still whole.
            for (int i = runLength - 1; form.IsPredicted && i >= 0; i--)
                run[i] = ByteDigits.Wrap(run[i] - Prediction(run, i, tensor), form.DigitCount);
        }
        return ordered;
    }

    /// <summary>A table's features lie apart; other matrices stay as they are.</summary>
    private static int Runs(NetworkTensor tensor) => tensor.LevelColumns is null ? 1 : tensor.Columns;

    /// <summary>The mean, rounded down, of the entries to the left and above, of those that there are.</summary>
    private static int Prediction(ReadOnlySpan<int> run, int i, NetworkTensor tensor)
    {
        int columns = tensor.LevelColumns!.Value;
        if (i == 0)
            return 0;
        return i < columns ? run[i - 1] : (run[i - 1] + run[i - columns]) >> 1;
    }
}

/// <summary>What numbers would cost an ideal coder that knows how often each comes.</summary>
internal static class Entropy
{
    /// <summary>The bits of all of the numbers together (Shannon 1948).</summary>
    public static double Bits(ReadOnlySpan<int> numbers)
    {
        var counts = new Dictionary<int, int>();
        foreach (int number in numbers)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, number, out _)++;
        double bits = 0;
        foreach (int count in counts.Values)
            bits -= count * Math.Log2((double)count / numbers.Length);
        return bits;
    }
}
