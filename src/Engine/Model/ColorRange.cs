namespace MonaLisa.Engine;

/// <summary>The range of the network's own outputs; at every interface a colour is in [0, 1].</summary>
public enum ColorRange
{
    /// <summary>Outputs are colours in [0, 1].</summary>
    Unit,

    /// <summary>Outputs are in [-1, 1]; the colour is <c>(output + 1) / 2</c>.</summary>
    Symmetric,
}

/// <summary>How a network's output becomes a colour in [0, 1]: <c>colour = output * Scale + Offset</c>.</summary>
internal readonly record struct ColorTransform(float Scale, float Offset)
{
    /// <summary>The transform of a colour range.</summary>
    public static ColorTransform Of(ColorRange range) =>
        range == ColorRange.Symmetric ? new ColorTransform(0.5f, 0.5f) : new ColorTransform(1, 0);
}
