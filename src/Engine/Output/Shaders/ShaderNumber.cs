using System.Globalization;

namespace MonaLisa.Engine.Output;

/// <summary>Numbers as a shader's source has them: the shortest text that is the same 32-bit number when it is read again.</summary>
internal static class ShaderNumber
{
    /// <summary>A finite number as a floating-point constant, without the zero before its point.</summary>
    public static string Text(float value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        if (value == 0)
            return "0.";
        if (text.StartsWith("0.", StringComparison.Ordinal))
            return text[1..];
        if (text.StartsWith("-0.", StringComparison.Ordinal))
            return "-" + text[2..];
        return text.AsSpan().IndexOfAny(".E") < 0 ? text + "." : text;
    }

    /// <summary>Four numbers as a vector.</summary>
    public static string Vector(ReadOnlySpan<float> values) => $"vec4({List(values)})";

    /// <summary>Numbers with commas between them.</summary>
    public static string List(ReadOnlySpan<float> values)
    {
        var texts = new string[values.Length];
        for (int i = 0; i < values.Length; i++)
            texts[i] = Text(values[i]);
        return string.Join(',', texts);
    }
}
