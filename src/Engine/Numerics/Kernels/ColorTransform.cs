namespace MonaLisa.Engine.Numerics;

/// <summary>How a network's output becomes a colour in [0, 1]: <c>colour = output * Scale + Offset</c>.</summary>
internal readonly record struct ColorTransform(float Scale, float Offset)
{
    /// <summary>The transform of a colour range.</summary>
    public static ColorTransform Of(ColorRange range) =>
        range == ColorRange.Symmetric ? new ColorTransform(0.5f, 0.5f) : new ColorTransform(1, 0);
}
