namespace MonaLisa.Engine;

/// <summary>Colours for values: straight lines between anchors in sRGB. Readable without a difference between red and green.</summary>
internal sealed class ColorMap
{
    private readonly (float Red, float Green, float Blue)[] _anchors;

    private ColorMap(params (float, float, float)[] anchors) => _anchors = anchors;

    /// <summary>For values with a sign: dark blue at 0, white at 1/2, dark orange at 1; about as light on either side.</summary>
    public static ColorMap Diverging { get; } = new(
        (0.03f, 0.19f, 0.42f), (0.26f, 0.58f, 0.78f), (0.97f, 0.97f, 0.97f), (0.95f, 0.58f, 0.22f), (0.50f, 0.22f, 0.02f));

    /// <summary>For values without a sign: black at 0, then violet, orange, and light yellow at 1; lighter and lighter.</summary>
    public static ColorMap Sequential { get; } = new(
        (0f, 0f, 0f), (0.29f, 0.06f, 0.46f), (0.73f, 0.21f, 0.33f), (0.98f, 0.55f, 0.10f), (0.99f, 1f, 0.70f));

    /// <summary>The colour of a value.</summary>
    /// <param name="value">0 to 1; what is outside, or not a number, has the colour of the nearer end, or of 0.</param>
    /// <param name="color">Receives red, green and blue in [0, 1].</param>
    public void Write(float value, Span<float> color)
    {
        float place = (value > 0 ? Math.Min(value, 1) : 0) * (_anchors.Length - 1);
        int below = Math.Min((int)place, _anchors.Length - 2);
        float share = place - below;
        (float Red, float Green, float Blue) from = _anchors[below], to = _anchors[below + 1];
        color[0] = from.Red + share * (to.Red - from.Red);
        color[1] = from.Green + share * (to.Green - from.Green);
        color[2] = from.Blue + share * (to.Blue - from.Blue);
    }
}
