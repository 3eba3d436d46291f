using System.Buffers.Binary;
using MonaLisa.Engine.Pictures;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Compressed model files, whose layout docs/model-format.md has: a head, the description under Brotli, a table of the matrices' forms,
/// their bytes under Brotli, zeros. Anything may be in a file that is read: lengths, description and table are checked before the network
/// is allocated, and nothing is decompressed into more room than they call for.
/// </summary>
internal static class CompressedFormat
{
    /// <summary>A network up to this size in memory may be in a file of any length.</summary>
    private const long FreeBytes = 16 << 20;

    /// <summary>Beyond that, the most bytes of memory for each byte of the file.</summary>
    private const long MostExpansion = 256;

    /// <summary>
    /// The head, with the lengths of the compressed description and of the description itself. Its first bytes, as the length of a
    /// safetensors header, would be far more than any has.
    /// </summary>
    public static readonly FileHead Head = new("a compressed model file", [.. Magic], lengthCount: 2);

    /// <summary>The first bytes of every version.</summary>
    public static ReadOnlySpan<byte> Magic => "MLPZ"u8;

    /// <summary>The bytes of a file.</summary>
    /// <param name="quantized">The network.</param>
    /// <param name="training">The training behind it, or null.</param>
    public static byte[] Compose(QuantizedNetwork quantized, TrainingFacts? training)
    {
        byte[] description = ModelDescription.Of(quantized.Network.Design, training).ToJson();
        byte[] compressedDescription = BrotliBlock.Compress(description);
        (byte[] table, byte[] numbers) = ComposeTensors(quantized);
        byte[] compressedNumbers = BrotliBlock.Compress(numbers);

        long length = Head.Size + (long)compressedDescription.Length + table.Length + compressedNumbers.Length;
        byte[] file = new byte[Math.Max(length, LeastLength(quantized.Network.ParameterCount))];
        Head.Write(file, compressedDescription.Length, description.Length);
        Span<byte> rest = file.AsSpan(Head.Size);
        foreach (byte[] part in (byte[][])[compressedDescription, table, compressedNumbers])
        {
            part.CopyTo(rest);
            rest = rest[part.Length..];
        }
        return file;
    }

    /// <summary>Reads a model.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <param name="findStart">Finds the start that the file names; null where there is none to be found.</param>
    /// <param name="cancellationToken">Ends the decoding of latents with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ModelFileException">It is no compressed model that can be loaded.</exception>
    public static ModelDocument Read(Stream stream, ModelFaults faults, LatentStartFinder? findStart, CancellationToken cancellationToken)
    {
        byte[] file = ReadFile(stream, faults);
        if (LatentFile.Fits(file))
            return new ModelDocument
            {
                Network = LatentFile.Read(file, faults, findStart, cancellationToken),
                Precision = null,
                Writer = ModelDescription.ProgramName,
            };
        ModelDescription description = ReadDescription(file, faults, out int position);
        ModelLimits.RequireModestSize(description.Design, faults);
        // A picture could be claimed that is far larger than the file.
        if (description.Design.Encoding.Kind is EncodingKind.Neighborhood or EncodingKind.Latent)
            throw faults.Of(ModelFileProblem.InvalidDescription,
                $"its network has the encoding {description.Design.Encoding.Kind}, and compressed files of version 1 hold no pictures");
        long parameters = ParameterBudget.CountParameters(description.Design);
        if (file.Length < LeastLength(parameters))
            throw faults.Of(ModelFileProblem.TooLarge,
                $"its network has {parameters} weights and biases, more than a file of {file.Length} bytes may hold");
        IReadOnlyList<NetworkTensor> tensors = NetworkTensor.Of(description.Design);
        TensorForm[] forms = ReadTable(file, position, tensors, faults);
        position += tensors.Count * TensorForm.StoredSize;
        byte[] numbers = Decompress(file, ref position, TotalLength(tensors, forms), faults);
        RequirePadding(file, position, parameters, faults);
        return new ModelDocument
        {
            Network = ToNetwork(numbers, tensors, forms, description, faults),
            Precision = null,
            Writer = description.Writer,
        };
    }

    // The fewest bytes of a file with so large a network: a tiny file must not make a reader take a gigabyte. A writer whose file
    // would be shorter fills it up with zeros.
    private static long LeastLength(long parameterCount) =>
        Math.Max(0, (parameterCount * sizeof(float) - FreeBytes + MostExpansion - 1) / MostExpansion);

    private static (byte[] Table, byte[] Numbers) ComposeTensors(QuantizedNetwork quantized)
    {
        IReadOnlyList<NetworkTensor> tensors = NetworkTensor.Of(quantized.Network.Design);
        int[][] whole = [.. tensors.Select((_, i) => quantized.WholeNumbers(i))];
        TensorForm[] forms = [.. tensors.Select((tensor, i) => TensorForm.Best(whole[i], tensor, quantized.Steps[i]))];
        byte[] table = new byte[tensors.Count * TensorForm.StoredSize], numbers = new byte[TotalLength(tensors, forms)];
        int start = 0;
        for (int i = 0; i < tensors.Count; i++)
        {
            Span<byte> entry = table.AsSpan(i * TensorForm.StoredSize, TensorForm.StoredSize);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, QuantizationStep.Store(forms[i].Step));
            entry[^1] = forms[i].Flags;
            int length = (int)forms[i].Length(tensors[i]);
            TensorBytes.Write(whole[i], tensors[i], forms[i], numbers.AsSpan(start, length));
            start += length;
        }
        return (table, numbers);
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
        uint[] lengths = Head.Read(file, faults);
        (uint compressedLength, uint length) = (lengths[0], lengths[1]);
        if (compressedLength > file.Length - Head.Size)
            throw faults.Of(ModelFileProblem.Truncated, $"its description claims {compressedLength} bytes, and the file has {file.Length}");
        byte[] json = new byte[length];
        if (!BrotliBlock.TryDecompress(file.Slice(Head.Size, (int)compressedLength), json, out int consumed) || consumed != compressedLength)
            throw faults.Of(ModelFileProblem.InvalidHeader, $"its description cannot be decompressed to {length} bytes");
        end = Head.Size + (int)compressedLength;
        return ModelDescription.Parse(json, faults);
    }

    private static TensorForm[] ReadTable(ReadOnlySpan<byte> file, int start, IReadOnlyList<NetworkTensor> tensors, ModelFaults faults)
    {
        if (file.Length - start < tensors.Count * TensorForm.StoredSize)
            throw faults.Of(ModelFileProblem.Truncated, $"it ends within the table of its {tensors.Count} tensors");
        var forms = new TensorForm[tensors.Count];
        for (int i = 0; i < forms.Length; i++)
        {
            ReadOnlySpan<byte> entry = file.Slice(start + i * TensorForm.StoredSize, TensorForm.StoredSize);
            float step = QuantizationStep.Load(BinaryPrimitives.ReadUInt16LittleEndian(entry));
            if (!QuantizationStep.IsValid(step))
                throw faults.Of(ModelFileProblem.InvalidTensor, $"tensor '{tensors[i].Name}' has a step that is no number above 0");
            if (!TensorForm.TryParse(step, entry[^1], mayBePredicted: tensors[i].LevelColumns is not null, out forms[i]))
                throw faults.Of(ModelFileProblem.InvalidTensor, $"tensor '{tensors[i].Name}' is stored in an unknown form, {entry[^1]}");
        }
        return forms;
    }

    private static long TotalLength(IReadOnlyList<NetworkTensor> tensors, TensorForm[] forms) =>
        forms.Select((form, i) => form.Length(tensors[i])).Sum();

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
        if (end < file.Length && (file.Length > LeastLength(parameters) || file[end..].ContainsAnyExcept((byte)0)))
            throw faults.Of(ModelFileProblem.InvalidLayout, $"it goes on for {Counted.Text(file.Length - end, "byte")} after its last tensor");
    }

    private static Mlp ToNetwork(
        byte[] numbers, IReadOnlyList<NetworkTensor> tensors, TensorForm[] forms, ModelDescription description, ModelFaults faults)
    {
        Mlp network = Mlp.Zeros(description.Design);
        IReadOnlyList<float[]> values = NetworkTensor.ValuesOf(network);
        int start = 0;
        for (int i = 0; i < tensors.Count; i++)
        {
            int length = (int)forms[i].Length(tensors[i]);
            TensorBytes.Read(numbers.AsSpan(start, length), tensors[i], forms[i], forms[i].Step, values[i]);
            if (!Array.TrueForAll(values[i], float.IsFinite))
                throw faults.Of(ModelFileProblem.NotFinite, $"tensor '{tensors[i].Name}' has a number that is infinite");
            start += length;
        }
        return network.WithTraining(description.Training);
    }
}
