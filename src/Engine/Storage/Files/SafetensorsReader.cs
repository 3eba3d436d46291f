using System.Buffers.Binary;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Storage;

/// <summary>
/// Reads a safetensors file, in which anything may be. Its tensors are taken one by one, name, type, shape and place checked; in the end
/// none may be left. Only then are their numbers read.
/// </summary>
internal sealed class SafetensorsReader
{
    private readonly Stream _stream;
    private readonly ModelFaults _faults;
    private readonly Dictionary<string, StoredTensor> _untaken;
    private readonly byte[] _buffer = new byte[1 << 16];

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The file, at its start; it can seek.</param>
    /// <param name="faults">Makes the errors.</param>
    /// <param name="maxTensors">The most tensors that are read.</param>
    /// <exception cref="ModelFileException">The file has no such header.</exception>
    public SafetensorsReader(Stream stream, ModelFaults faults, int maxTensors = ModelLimits.MaxTensors)
    {
        (_stream, _faults) = (stream, faults);
        Metadata = SafetensorsHeader.Read(stream, faults, maxTensors, out Dictionary<string, StoredTensor> tensors);
        DataLength = stream.Length - stream.Position;
        (Tensors, _untaken) = (tensors, new(tensors));
    }

    /// <summary>The map of texts.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors by their names.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <summary>Bytes after the header.</summary>
    public long DataLength { get; }

    /// <summary>Takes a tensor, its type, shape and length checked.</summary>
    /// <exception cref="ModelFileException">It is not there, or does not fit.</exception>
    public StoredTensor Take(string name, TensorType[] types, params long[] shape)
    {
        if (!_untaken.Remove(name, out StoredTensor? tensor))
            throw _faults.Of(ModelFileProblem.MissingTensor, $"its tensor '{name}' is missing");
        if (!types.Contains(tensor.Type))
            throw _faults.Of(ModelFileProblem.InvalidTensor,
                $"tensor '{name}' has numbers of type {tensor.Type}, not {string.Join(" or ", types)}");
        if (!tensor.Shape.SequenceEqual(shape))
            throw _faults.Of(ModelFileProblem.InvalidTensor, $"tensor '{name}' has the shape [{string.Join(", ", tensor.Shape)}], " +
                $"and the network needs [{string.Join(", ", shape)}]");
        // The shape is the design's by now, and small enough for the product.
        long size = shape.Aggregate((long)SafetensorsHeader.SizeOf(tensor.Type), (product, side) => product * side);
        if (tensor.Start > tensor.End || tensor.End - tensor.Start != size)
            throw _faults.Of(ModelFileProblem.InvalidTensor,
                $"tensor '{name}' lies from byte {tensor.Start} to {tensor.End} and takes {size} bytes");
        return tensor;
    }

    /// <summary>Throws unless every tensor has been taken, and they fill the file from the header to its end.</summary>
    /// <param name="design">The network that they are of.</param>
    /// <exception cref="ModelFileException">A tensor is left, tensors overlap, or bytes belong to none.</exception>
    public void RequireAllTaken(MlpDesign design)
    {
        if (_untaken.Count > 0)
            throw _faults.Of(ModelFileProblem.UnknownTensor,
                $"its tensor {ModelFaults.Quoted(_untaken.Keys.First())} belongs to no layer of a network " +
                string.Join('-', [design.Encoding.FeatureCount, .. design.HiddenLayers, design.OutputCount]));
        long position = 0;
        foreach (StoredTensor tensor in Tensors.Values.OrderBy(tensor => tensor.Start))
        {
            if (tensor.End > DataLength)
                throw _faults.Of(ModelFileProblem.Truncated,
                    $"tensor '{tensor.Name}' ends at byte {tensor.End} of the data, and there are {DataLength}");
            if (tensor.Start != position)
                throw _faults.Of(ModelFileProblem.InvalidLayout, tensor.Start < position
                    ? $"tensor '{tensor.Name}' overlaps the one before it"
                    : $"tensor '{tensor.Name}' starts {Counted.Text(tensor.Start - position, "byte")} too late: what lies before it belongs to none");
            position = tensor.End;
        }
        if (position < DataLength)
            throw _faults.Of(ModelFileProblem.InvalidLayout, $"it goes on for {Counted.Text(DataLength - position, "byte")} after its last tensor");
    }

    /// <summary>Reads a tensor; 8-bit numbers are not scaled.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="values">Receives its numbers, as many as its shape says; they may be infinite or not a number.</param>
    public void Read(StoredTensor tensor, Span<float> values)
    {
        Seek(tensor);
        int size = SafetensorsHeader.SizeOf(tensor.Type), atOnce = _buffer.Length / size;
        for (int first = 0; first < values.Length; first += atOnce)
        {
            Span<float> part = values.Slice(first, Math.Min(atOnce, values.Length - first));
            _stream.ReadExactly(_buffer, 0, part.Length * size);
            for (int i = 0; i < part.Length; i++)
                part[i] = Decode(_buffer.AsSpan(i * size), tensor.Type);
        }
    }

    /// <summary>Reads a tensor of 64-bit numbers.</summary>
    public void Read(StoredTensor tensor, Span<double> values)
    {
        Seek(tensor);
        foreach (ref double value in values)
        {
            _stream.ReadExactly(_buffer, 0, sizeof(double));
            value = BinaryPrimitives.ReadDoubleLittleEndian(_buffer);
        }
    }

    /// <summary>Reads a tensor of bytes.</summary>
    public void Read(StoredTensor tensor, Span<byte> values)
    {
        Seek(tensor);
        _stream.ReadExactly(values);
    }

    /// <summary>Throws unless all numbers are finite.</summary>
    public void RequireFinite(ReadOnlySpan<float> values, string name)
    {
        foreach (float value in values)
            if (!float.IsFinite(value))
                throw _faults.Of(ModelFileProblem.NotFinite, $"tensor '{name}' has a number that is infinite or not a number");
    }

    private void Seek(StoredTensor tensor) => _stream.Position = _stream.Length - DataLength + tensor.Start;

    private static float Decode(ReadOnlySpan<byte> source, TensorType type) => type switch
    {
        TensorType.F32 => BinaryPrimitives.ReadSingleLittleEndian(source),
        TensorType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(source),
        _ => (sbyte)source[0],
    };
}
