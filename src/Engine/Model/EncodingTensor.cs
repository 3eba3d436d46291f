namespace MonaLisa.Engine;

/// <summary>
/// Numbers of an encoding: the frequencies of a <see cref="FourierEncoding"/>, one level's table of a <see cref="GridEncoding"/>.
/// </summary>
public sealed class EncodingTensor
{
    /// <summary>Values from which a tensor is large.</summary>
    private const int LargeLength = 1 << 16;

    private float[]? _values;

    /// <summary>Makes a tensor of zeros.</summary>
    /// <param name="shape">Its name and shape.</param>
    /// <exception cref="ArgumentOutOfRangeException">There would be more than <see cref="Array.MaxLength"/> values.</exception>
    internal EncodingTensor(EncodingTensorShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape.Length, Array.MaxLength, nameof(shape));
        Shape = shape;
        IsPinned = shape.Length >= LargeLength;
    }

    /// <summary>Its name and shape.</summary>
    public EncodingTensorShape Shape { get; }

    /// <summary>The values, <c>[Rows, Columns]</c>, row-major; zeros that nobody has asked for take no memory.</summary>
    internal float[] Values => _values ?? Allocate();

    /// <summary>Whether the values never move, so that they need not be copied to be computed with: those of a large tensor do not.</summary>
    internal bool IsPinned { get; }

    /// <summary>A copy that shares nothing with this tensor.</summary>
    internal EncodingTensor Clone()
    {
        var copy = new EncodingTensor(Shape);
        _values?.CopyTo(copy.Values, 0);
        return copy;
    }

    private float[] Allocate()
    {
        float[] zeros = GC.AllocateArray<float>((int)Shape.Length, IsPinned);
        return Interlocked.CompareExchange(ref _values, zeros, null) ?? zeros;
    }
}

/// <summary>A matrix of numbers that an encoding needs.</summary>
public sealed record EncodingTensorShape(string Name, int Rows, int Columns)
{
    /// <summary>Its name within the encoding, as a model file has it.</summary>
    public string Name { get; } = Name;

    /// <summary>Rows.</summary>
    public int Rows { get; } = Rows;

    /// <summary>Columns.</summary>
    public int Columns { get; } = Columns;

    /// <summary>Number of values.</summary>
    public long Length => (long)Rows * Columns;
}
