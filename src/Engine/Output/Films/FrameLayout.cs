namespace MonaLisa.Engine.Output;

/// <summary>Where painting, learned picture and caption lie in a frame.</summary>
internal sealed class FrameLayout
{
    // The gap between the two pictures, and the caption's height, as shares of the painting's smaller side.
    private const double GapShare = 0.02, CaptionShare = 0.085;
    private const int LeastGap = 2, LeastCaptionHeight = 12;

    /// <summary>The layout of a film's frames.</summary>
    public FrameLayout(AnimationOptions options)
    {
        (PaintingWidth, PaintingHeight) = (options.Width, options.Height);
        int side = Math.Min(options.Width, options.Height);
        if (options.Reference is not null)
            ReferenceLeft = checked(options.Width + Math.Max(LeastGap, (int)Math.Round(side * GapShare)));
        Width = ReferenceLeft is int left ? checked(left + options.Width) : options.Width;
        CaptionHeight = options.HasCaption ? Math.Max(LeastCaptionHeight, (int)Math.Round(side * CaptionShare)) : 0;
        Height = checked(options.Height + CaptionHeight);
    }

    /// <summary>Pixels in a row of the painting.</summary>
    public int PaintingWidth { get; }

    /// <summary>Rows of the painting.</summary>
    public int PaintingHeight { get; }

    /// <summary>Where the learned picture begins, as large as the painting; null where it is not shown.</summary>
    public int? ReferenceLeft { get; }

    /// <summary>Rows of the caption, below the painting; 0 without one.</summary>
    public int CaptionHeight { get; }

    /// <summary>Pixels in a row of the frame.</summary>
    public int Width { get; }

    /// <summary>Rows of the frame.</summary>
    public int Height { get; }
}
