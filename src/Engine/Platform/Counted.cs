namespace MonaLisa.Engine.Platform;

/// <summary>Numbers with what they count: "1 pixel", "2 pixels".</summary>
internal static class Counted
{
    /// <summary>A number and a noun, whose plural ends with s.</summary>
    public static string Text(long count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>All of some things, and the verb: "all 2 are", or "its only one is".</summary>
    public static string All(long count) => count == 1 ? "its only one is" : FormattableString.Invariant($"all {count} are");
}
