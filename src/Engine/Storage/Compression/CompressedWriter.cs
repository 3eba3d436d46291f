using System.Buffers.Binary;
using System.Text;

namespace MonaLisa.Engine.Storage;

/// <summary>Makes compressed model files.</summary>
internal static class CompressedWriter
{
    /// <summary>The bytes of a file.</summary>
    /// <param name="quantized">The network.</param>
    /// <param name="training">The training behind it, or null.</param>
    public static byte[] Compose(QuantizedNetwork quantized, TrainingFacts? training)
    {
        MlpDesign design = quantized.Network.Design;
        byte[] description = Encoding.UTF8.GetBytes(new ModelDescription(ModelDescription.ThisWriter, design, training).ToJson());
        byte[] compressedDescription = BrotliBlock.Compress(description);
        (byte[] table, byte[] numbers) = ComposeTensors(quantized);
        byte[] compressedNumbers = BrotliBlock.Compress(numbers);

        long length = CompressedLayout.HeadSize + (long)compressedDescription.Length + table.Length + compressedNumbers.Length;
        byte[] file = new byte[Math.Max(length, CompressedLayout.LeastLength(quantized.Network.ParameterCount))];
        CompressedLayout.Magic.CopyTo(file);
        file[CompressedLayout.VersionAt] = CompressedLayout.Version;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(CompressedLayout.CompressedLengthAt), (uint)compressedDescription.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(CompressedLayout.DescriptionLengthAt), (uint)description.Length);
        Span<byte> rest = file.AsSpan(CompressedLayout.HeadSize);
        foreach (byte[] part in (byte[][])[compressedDescription, table, compressedNumbers])
        {
            part.CopyTo(rest);
            rest = rest[part.Length..];
        }
        return file;
    }

    private static (byte[] Table, byte[] Numbers) ComposeTensors(QuantizedNetwork quantized)
    {
        IReadOnlyList<TensorSlot> slots = TensorSlot.Of(quantized.Network.Design);
        int[][] whole = [.. slots.Select((_, i) => quantized.WholeNumbers(i))];
        TensorForm[] forms = [.. slots.Select((slot, i) => TensorForm.Best(whole[i], slot, quantized.Steps[i]))];
        byte[] table = new byte[slots.Count * TensorForm.StoredSize];
        byte[] numbers = new byte[forms.Select((form, i) => form.Length(slots[i])).Sum()];
        int start = 0;
        for (int i = 0; i < slots.Count; i++)
        {
            Span<byte> entry = table.AsSpan(i * TensorForm.StoredSize, TensorForm.StoredSize);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, QuantizationStep.Store(forms[i].Step));
            entry[^1] = forms[i].Flags;
            int length = (int)forms[i].Length(slots[i]);
            TensorBytes.Write(whole[i], slots[i], forms[i], numbers.AsSpan(start, length));
            start += length;
        }
        return (table, numbers);
    }
}
