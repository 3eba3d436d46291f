namespace MonaLisa.Engine.Platform;

/// <summary>Numbers as text.</summary>
internal static class NumberText
{
    /// <summary>The text of a rounded number, which is zero without a sign: .NET writes a small negative one as -0.00.</summary>
    /// <param name="text">A number in any culture's form.</param>
    public static string WithoutSignOfZero(string text) =>
        text.Contains('0') && !text.AsSpan().ContainsAnyInRange('1', '9') ? text[text.IndexOf('0')..] : text;
}
