namespace MonaLisa.Engine.Platform;

/// <summary>Numbers with what they count: "1 pixel", "2 pixels".</summary>
internal static class Counted
{
    /// <summary>A number and a noun, whose plural ends with s.</summary>
    public static string Text(long count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
}
