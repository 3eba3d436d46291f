using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MonaLisa.PowerShell;

/// <summary>
/// Completes times, sizes and counts with examples. Where none begins as the word does, the word itself is proposed, because PowerShell
/// would otherwise propose the names of files.
/// </summary>
public sealed class ExampleCompleter : IArgumentCompleter
{
    private static readonly (string Text, string Meaning)[] Sizes =
        [("512", "512 pixels"), ("1k", "1024 pixels"), ("2k", "2048 pixels"), ("4k", "4096 pixels")];

    private static readonly (string Text, string Meaning)[] Counts =
        [("2", "two"), ("4", "four"), ("8", "eight"), ("100", "a hundred"), ("1k", "1024")];

    private static readonly (string Text, string Meaning)[] SmallCounts = [("2", "two"), ("3", "three"), ("4", "four"), ("8", "eight")];

    private static readonly (string Text, string Meaning)[] Rates =
        [("0.25", "a small file of a photograph"), ("0.5", "a good photograph"), ("1", "a very good one"), ("2", "hard to tell from its original")];

    private static readonly (string Text, string Meaning)[] FileSizes =
        [("10KB", "10,240 bytes"), ("50KB", "51,200 bytes"), ("200KB", "204,800 bytes"), ("1MB", "1,048,576 bytes")];

    private static readonly (string Text, string Meaning)[] Similarities =
        [("0.9", "a good picture"), ("0.95", "a very good one"), ("0.98", "hard to tell from its original")];

    private static readonly (string Text, string Meaning)[] PixelCounts =
        [("10000000", "10 megapixels"), ("100000000", "100 megapixels"), ("400000000", "400 megapixels")];

    private static readonly (string Text, string Meaning)[] Opsets =
        [("10", "for programs of 2019"), ("13", "of 2020"), ("17", "the default, of 2022"), ("20", "of 2023, with GELU as an operator")];

    private static readonly (string Text, string Meaning)[] ShortTimes =
        [("500ms", "half a second"), ("2s", "2 seconds"), ("10s", "10 seconds")];

    private static readonly (string Text, string Meaning)[] LongTimes =
        [("30s", "30 seconds"), ("5m", "5 minutes"), ("1h", "an hour"), ("1h30m", "an hour and a half")];

    private static readonly (string Text, string Meaning)[] Snapshots =
        [("Log", "many at the beginning, where most happens"), ("1", "every epoch"), ("500ms", "every half second of training")];

    private static readonly (string Text, string Meaning)[] Budgets =
        [("10k", "10240 weights"), ("40k", "40960 weights"), ("1000000", "a million weights")];

    private static readonly (string Text, string Meaning)[] HiddenLayers =
        [("64", "one layer of 64 neurons"), ("3x256", "three layers of 256 neurons"), ("256,64", "a layer of 256 neurons and one of 64")];

    private static readonly (string Text, string Meaning)[] Regions =
        [("0,0,64,64", "left, top, width and height: 64 x 64 pixels at the upper left"), ("32,32,64,64", "64 x 64 pixels from row and column 32 on")];

    private static readonly (string Text, string Meaning)[] Scales =
        [("0.5", "half as wide and high"), ("2", "twice as wide and high"), ("4", "four times as wide and high")];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string? wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? "").Trim('\'', '"');
        (string Text, string Meaning)[] examples = Of(commandName, parameterName);
        CompletionResult[] fitting = [.. examples
            .Where(example => example.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(example => Result(example.Text, example.Meaning))];
        return fitting.Length > 0 ? fitting : [Result(word, "Such as " + string.Join(", ", examples.Select(example => example.Text)))];
    }

    private static (string Text, string Meaning)[] Of(string command, string parameter) => parameter.ToLowerInvariant() switch
    {
        "maxtime" or "checkpointevery" => LongTimes,
        "duration" or "hold" => ShortTimes,
        "snapshotevery" => Snapshots,
        "parameterbudget" => Budgets,
        "hiddenlayer" => HiddenLayers,
        "region" => Regions,
        "scale" => Scales,
        "maxpixels" => PixelCounts,
        "opset" => Opsets,
        "targetbitsperpixel" => Rates,
        "targetsize" => FileSizes,
        "targetssim" => Similarities,
        "octave" or "gridlevel" or "depth" or "threadcount" or "throttlelimit" or "repeat" or "column" or "loop" => SmallCounts,
        // The terminal's picture is as large as so many characters.
        "width" or "height" when command.EndsWith("Show-GeneratedImage", StringComparison.OrdinalIgnoreCase) => Counts,
        "width" or "height" or "maxsize" or "tilesize" => Sizes,
        _ => Counts,
    };

    private static CompletionResult Result(string text, string meaning) => new(text, text, CompletionResultType.ParameterValue, meaning);
}
