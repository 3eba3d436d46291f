using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The kinds of objects that a command works on.</summary>
[Flags]
internal enum Wanted
{
    /// <summary>A training run, or an experiment's row with its run.</summary>
    Run = 1,

    /// <summary>A network.</summary>
    Network = 2,

    /// <summary>A picture that was read.</summary>
    Dataset = 4,

    /// <summary>The path of a picture.</summary>
    PictureFile = 8,

    /// <summary>The path of a model file.</summary>
    ModelFile = 16,

    /// <summary>The path of a file of snapshots.</summary>
    SnapshotFile = 32,
}

/// <summary>What is said of an object of another kind.</summary>
internal static class WantedText
{
    private static readonly (Wanted Kind, string Name)[] Kinds =
    [
        (Wanted.Run, "a training run"), (Wanted.Network, "a network"), (Wanted.Dataset, "a dataset"),
        (Wanted.PictureFile, "a picture's path"), (Wanted.ModelFile, "the path of a model file"), (Wanted.SnapshotFile, "a file of snapshots"),
    ];

    /// <summary>The kinds at the beginning of a sentence: <c>A training run, a network or a dataset</c>.</summary>
    public static string Names(Wanted wanted)
    {
        string[] names = [.. Kinds.Where(kind => wanted.HasFlag(kind.Kind)).Select(kind => kind.Name)];
        string text = names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>What to do with an object of another kind: sentences that follow a space, or nothing.</summary>
    public static string Remedy(Wanted wanted, object? value) => string.Concat((value switch
    {
        string or FileSystemInfo => OfFile(wanted),
        PixelDataset => ["Train a network on it with Invoke-MlpTraining."],
        TrainingRun when wanted == Wanted.Dataset =>
            ["Its picture is its property Dataset. To train its network on, pass on the picture, and give the run as -Network."],
        Mlp when wanted == Wanted.Dataset => ["To train it, pass on the picture, and give the network as -Network."],
        Mlp => ["Pass on the training run instead of its network."],
        TrainingJob => ["Receive-Job -Wait gives its runs."],
        _ => Enumerable.Empty<string>(),
    }).Select(sentence => " " + sentence));

    private static IEnumerable<string> OfFile(Wanted wanted)
    {
        if (wanted.HasFlag(Wanted.Dataset) && !wanted.HasFlag(Wanted.PictureFile))
            yield return "Read a picture with New-PixelDataset.";
        if (wanted.HasFlag(Wanted.Network) && !wanted.HasFlag(Wanted.ModelFile))
            yield return "Load a model file with Import-MlpModel.";
        if (wanted == Wanted.Run)
            yield return "Read a picture with New-PixelDataset and train a network on it with Invoke-MlpTraining, which gives a run.";
    }
}
