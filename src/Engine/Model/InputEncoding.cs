namespace MonaLisa.Engine;

/// <summary>
/// How a pixel's two coordinates become the features that the first layer sees. An encoding is a description: the numbers it needs
/// (random frequencies, trained tables) belong to the network, see <see cref="Mlp.EncodingTensors"/>.
/// </summary>
public abstract record InputEncoding
{
    /// <summary>The most features.</summary>
    public const int MaxFeatureCount = 4096;

    /// <summary>The most pixels of a picture that a network has in it, 2^26.</summary>
    public const int MaxPixelCount = 1 << 26;

    private protected InputEncoding()
    {
    }

    /// <summary>The two coordinates as they are.</summary>
    public static InputEncoding None { get; } = new IdentityEncoding();

    /// <summary>Its name.</summary>
    public abstract EncodingKind Kind { get; }

    /// <summary>The first layer's inputs.</summary>
    public abstract int FeatureCount { get; }

    /// <summary>What the coordinates must be; null where any convention will do.</summary>
    public virtual CoordinateConvention? Coordinates => null;

    /// <summary>Whether the numbers of <see cref="TensorShapes"/> are trained.</summary>
    public virtual bool IsTrained => false;

    /// <summary>Whether training changes the numbers of <see cref="TensorShapes"/>, also where they are no weights.</summary>
    internal virtual bool IsLearned => IsTrained;

    /// <summary>The matrices it needs.</summary>
    public virtual IReadOnlyList<EncodingTensorShape> TensorShapes => [];

    /// <summary>Number of trained values.</summary>
    public long ParameterCount => IsTrained ? TensorShapes.Sum(shape => shape.Length) : 0;

    /// <summary>Its matrices, all zero. An array: PowerShell cannot index the list that a collection expression makes.</summary>
    internal EncodingTensor[] CreateTensors() => TensorShapes.Select(shape => new EncodingTensor(shape)).ToArray();

    /// <summary>Draws the numbers of a new network.</summary>
    internal virtual void Draw(IReadOnlyList<EncodingTensor> tensors, ref RandomSource random)
    {
    }

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names it and gives the range.</exception>
    internal abstract void Validate();

    private protected void RequirePicture(int width, int height)
    {
        if (width < 1 || height < 1 || (long)width * height > MaxPixelCount)
            throw new ArgumentException(FormattableString.Invariant(
                $"The encoding {Kind} takes pictures of 1 to {MaxPixelCount} pixels, not of {width} x {height}. ") +
                "Make the picture smaller with New-PixelDataset -MaxSize.");
    }

    private protected static void Require(bool holds, string what, object value, string range)
    {
        if (!holds)
            throw new ArgumentException(FormattableString.Invariant($"{what} must be {range}, not {value}."));
    }
}

/// <summary>The two coordinates as they are.</summary>
public sealed record IdentityEncoding : InputEncoding
{
    /// <inheritdoc/>
    public override EncodingKind Kind => EncodingKind.None;

    /// <inheritdoc/>
    public override int FeatureCount => Mlp.InputCount;

    /// <inheritdoc/>
    public override string ToString() => "coordinates";

    internal override void Validate()
    {
    }
}
