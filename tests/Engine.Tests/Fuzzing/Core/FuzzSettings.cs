using System.Globalization;

namespace MonaLisa.Engine.Tests;

/// <summary>
/// How much is tried. Environment variables make a long run of the ordinary one: MONALISA_FUZZ is the number of inputs for each reader,
/// MONALISA_FUZZ_FIRST the number of the first, so that a later run goes on, MONALISA_FUZZ_READERS the readers, with commas between,
/// MONALISA_FUZZ_FOLDER where the journal and offenders go.
/// </summary>
/// <param name="Count">Inputs for each reader; null in the ordinary run, which tries as many as each reader's usual count.</param>
/// <param name="First">The number of the first.</param>
/// <param name="Readers">The readers tried; null for all.</param>
/// <param name="Folder">Where a long run writes.</param>
internal sealed record FuzzSettings(long? Count, long First, string[]? Readers, string Folder)
{
    /// <summary>The environment's settings.</summary>
    public static FuzzSettings Current { get; } = new(
        Number("MONALISA_FUZZ"), Number("MONALISA_FUZZ_FIRST") ?? 0,
        Text("MONALISA_FUZZ_READERS")?.Split(',', StringSplitOptions.TrimEntries),
        Text("MONALISA_FUZZ_FOLDER") ?? Path.Combine(Path.GetTempPath(), "monalisa-fuzz"));

    /// <summary>Whether this is a long run, which also watches time and native memory.</summary>
    public bool IsLong => Count is not null;

    /// <summary>Whether this run is to try a reader.</summary>
    public bool Includes(string reader) => Readers is null || Readers.Contains(reader);

    private static long? Number(string variable) =>
        Text(variable) is { } text ? long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static string? Text(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;
}
