using System.Buffers.Binary;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Reads compressed model files, in which anything may be: lengths, description and table are checked before the network is
/// allocated, and nothing is decompressed into more room than they call for.
/// </summary>
internal static class CompressedReader
{
    /// <summary>Reads a model.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <exception cref="ModelFileException">It is no compressed model that can be loaded.</exception>
    public static ModelDocument Read(Stream stream, ModelFaults faults)
    {
        byte[] file = ReadFile(stream, faults);
        ModelDescription description = ReadDescription(file, faults, out int position);
        TensorCheck.RequireModestSize(description.Design, faults);
        long parameters = ParameterBudget.CountParameters(description.Design);
        if (file.Length < CompressedLayout.LeastLength(parameters))
            throw faults.Of(ModelFileProblem.TooLarge,
                $"its network has {parameters} weights and biases, more than a file of {file.Length} bytes may hold");
        IReadOnlyList<TensorSlot> slots = TensorSlot.Of(description.Design);
        TensorForm[] forms = ReadTable(file, position, slots, faults);
        position += slots.Count * TensorForm.StoredSize;
        byte[] numbers = Decompress(file, ref position, TotalLength(slots, forms), faults);
        RequirePadding(file, position, parameters, faults);
        return new ModelDocument
        {
            Network = ToNetwork(numbers, slots, forms, description, faults),
            Precision = null,
            Writer = description.Writer,
        };
    }

    private static byte[] ReadFile(Stream stream, ModelFaults faults)
    {
        // The most bytes of the largest network, and of the longest description twice.
        const long MostLength = ModelLimits.MaxParameters * ByteDigits.MaxCount + 2L * ModelLimits.MaxHeaderLength;
        if (stream.Length > Math.Min(MostLength, Array.MaxLength))
            throw faults.Of(ModelFileProblem.TooLarge, $"it has {stream.Length} bytes, more than any compressed model");
        byte[] file = new byte[stream.Length];
        stream.Position = 0;
        stream.ReadExactly(file);
        return file;
    }

    private static ModelDescription ReadDescription(ReadOnlySpan<byte> file, ModelFaults faults, out int end)
    {
        if (file.Length > CompressedLayout.VersionAt && file[CompressedLayout.VersionAt] != CompressedLayout.Version)
            throw faults.Of(ModelFileProblem.UnknownVersion,
                $"it is a compressed model file of version {file[CompressedLayout.VersionAt]}, " +
                $"and only version {CompressedLayout.Version} is known");
        if (file.Length < CompressedLayout.HeadSize)
            throw faults.Of(ModelFileProblem.Truncated, $"it is a compressed model file that ends after {file.Length} bytes");
        uint compressedLength = CompressedLayout.Length(file, CompressedLayout.CompressedLengthAt);
        uint length = CompressedLayout.Length(file, CompressedLayout.DescriptionLengthAt);
        if (length > ModelLimits.MaxHeaderLength)
            throw faults.Of(ModelFileProblem.TooLarge,
                $"its description claims {length} bytes, and the most that is read is {ModelLimits.MaxHeaderLength}");
        if (compressedLength > file.Length - CompressedLayout.HeadSize)
            throw faults.Of(ModelFileProblem.Truncated, $"its description claims {compressedLength} bytes, and the file has {file.Length}");
        byte[] json = new byte[length];
        if (!BrotliBlock.TryDecompress(file.Slice(CompressedLayout.HeadSize, (int)compressedLength), json, out int consumed)
            || consumed != compressedLength)
            throw faults.Of(ModelFileProblem.InvalidHeader, $"its description cannot be decompressed to {length} bytes");
        end = CompressedLayout.HeadSize + (int)compressedLength;
        return ModelDescription.Parse(json, faults);
    }

    private static TensorForm[] ReadTable(ReadOnlySpan<byte> file, int start, IReadOnlyList<TensorSlot> slots, ModelFaults faults)
    {
        if (file.Length - start < slots.Count * TensorForm.StoredSize)
            throw faults.Of(ModelFileProblem.Truncated, $"it ends within the table of its {slots.Count} tensors");
        var forms = new TensorForm[slots.Count];
        for (int i = 0; i < forms.Length; i++)
        {
            ReadOnlySpan<byte> entry = file.Slice(start + i * TensorForm.StoredSize, TensorForm.StoredSize);
            float step = QuantizationStep.Load(BinaryPrimitives.ReadUInt16LittleEndian(entry));
            if (!QuantizationStep.IsValid(step))
                throw faults.Of(ModelFileProblem.InvalidTensor, $"tensor '{slots[i].Name}' has a step that is no number above 0");
            if (!TensorForm.TryParse(step, entry[^1], mayBePredicted: slots[i].LevelColumns is not null, out forms[i]))
                throw faults.Of(ModelFileProblem.InvalidTensor, $"tensor '{slots[i].Name}' is stored in an unknown form, {entry[^1]}");
        }
        return forms;
    }

    private static long TotalLength(IReadOnlyList<TensorSlot> slots, TensorForm[] forms) =>
        forms.Select((form, i) => form.Length(slots[i])).Sum();

    private static byte[] Decompress(ReadOnlySpan<byte> file, ref int position, long length, ModelFaults faults)
    {
        byte[] bytes = new byte[length];
        if (!BrotliBlock.TryDecompress(file[position..], bytes, out int consumed))
            throw faults.Of(ModelFileProblem.InvalidTensor, $"its tensors cannot be decompressed to {length} bytes");
        position += consumed;
        return bytes;
    }

    private static void RequirePadding(ReadOnlySpan<byte> file, int end, long parameters, ModelFaults faults)
    {
        if (end < file.Length && (file.Length > CompressedLayout.LeastLength(parameters) || file[end..].ContainsAnyExcept((byte)0)))
            throw faults.Of(ModelFileProblem.InvalidLayout, $"there are {file.Length - end} bytes after its last tensor");
    }

    private static Mlp ToNetwork(
        byte[] numbers, IReadOnlyList<TensorSlot> slots, TensorForm[] forms, ModelDescription description, ModelFaults faults)
    {
        Mlp network = Mlp.Zeros(description.Design);
        IReadOnlyList<float[]> values = TensorSlot.NumbersOf(network);
        int start = 0;
        for (int i = 0; i < slots.Count; i++)
        {
            int length = (int)forms[i].Length(slots[i]);
            TensorBytes.Read(numbers.AsSpan(start, length), slots[i], forms[i], forms[i].Step, values[i]);
            if (!Array.TrueForAll(values[i], float.IsFinite))
                throw faults.Of(ModelFileProblem.NotFinite, $"tensor '{slots[i].Name}' has a number that is infinite");
            start += length;
        }
        return network.WithTraining(description.Training);
    }
}
