namespace MonaLisa.Engine;

/// <summary>How a picture is read.</summary>
internal sealed record PictureReadOptions
{
    /// <summary>
    /// The most pixels along the longer side, at least 1, or null. A larger picture is shrunk with a Lanczos-3 filter in linear
    /// light, so that fine stripes of black and white become the grey they are seen as; a smaller one stays as it is.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxSize
    {
        get;
        init
        {
            if (value < 1)
                throw new ArgumentOutOfRangeException(nameof(value), value, $"The largest side is {value} pixels; it must be at least 1.");
            field = value;
        }
    }

    /// <summary>
    /// The most pixels of a file, before shrinking, at least 1: reading takes time for each pixel that a file claims, and a small file
    /// can claim many. The default is 2^28 (16,384 x 16,384).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int MaxPixels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxPixels));
            field = value;
        }
    } = DefaultMaxPixels;

    /// <summary>The default of <see cref="MaxPixels"/>.</summary>
    public const int DefaultMaxPixels = 1 << 28;

    /// <summary>
    /// Whether a picture's alpha is kept as a fourth channel, straight. Otherwise it says which pixels to ignore: those of alpha
    /// below a half. A picture without alpha is read the same either way.
    /// </summary>
    public bool KeepAlpha { get; init; }

    /// <summary>
    /// The file of a picture of the same size, after orientation and before shrinking, that says which pixels to hold out: those
    /// darker than half of white, or transparent. Null for none. It is shrunk with the picture.
    /// </summary>
    public string? Mask { get; init; }

    /// <summary>The pixels to hold out besides, or null for none.</summary>
    public HoldOut? HoldOut { get; init; }

    /// <summary>Receives what was done to colours and orientation, and warnings; null for neither.</summary>
    internal Action<PictureNote>? Notify { get; init; }

    /// <summary>Ends the reading with an <see cref="OperationCanceledException"/>.</summary>
    internal CancellationToken Cancellation { get; init; }
}

/// <summary>What is to be said of a picture that was read.</summary>
/// <param name="IsWarning">Whether the user should know it without asking.</param>
/// <param name="Text">A sentence or more.</param>
internal readonly record struct PictureNote(bool IsWarning, string Text);
