namespace MonaLisa.Engine;

/// <summary>How a report of training runs is made.</summary>
public sealed record TrainingReportOptions
{
    /// <summary>The heading; null for one that names the picture, or tells how many runs there are.</summary>
    public string? Title { get; init; }

    /// <summary>What each run is called, in their order; null for what tells them apart.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether a file that is there already is replaced.</summary>
    public bool Overwrite { get; init; }
}
