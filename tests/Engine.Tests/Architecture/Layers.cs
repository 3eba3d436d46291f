namespace MonaLisa.Engine.Tests;

/// <summary>
/// The layers of a project: folders of which each may use itself and those before it. Files beside the folders may use all of them.
/// </summary>
/// <param name="Names">The folders, the lowest layer first.</param>
internal sealed record Layers(params string[] Names)
{
    /// <summary>References from a layer to one above it, and files in no layer.</summary>
    public IEnumerable<string> UpwardReferences(IEnumerable<SourceReference> references) =>
        from reference in references
        let rank = RankOf(reference.From)
        let used = RankOf(reference.To)
        where rank < used || rank < 0 || used < 0
        orderby reference.From, reference.To
        select $"{reference.From} uses {reference.Name} of {reference.To}";

    /// <summary>Cycles between folders, those within a layer too; each with the references that close it.</summary>
    public static IEnumerable<string> Cycles(IEnumerable<SourceReference> references)
    {
        ILookup<string, SourceReference> uses = references
            .Where(reference => FolderOf(reference.From) != FolderOf(reference.To))
            .OrderBy(reference => reference.From, StringComparer.Ordinal).ThenBy(reference => reference.To, StringComparer.Ordinal)
            .ToLookup(reference => FolderOf(reference.From));
        var found = new HashSet<string>();
        foreach (string folder in uses.Select(group => group.Key))
            if (!found.Contains(folder) && ShortestCycle(folder, uses) is SourceReference[] cycle)
            {
                found.UnionWith(cycle.Select(reference => FolderOf(reference.From)));
                yield return string.Join("; ", cycle.Select(reference => $"{reference.From} uses {reference.Name} of {reference.To}"));
            }
    }

    private static SourceReference[]? ShortestCycle(string start, ILookup<string, SourceReference> uses)
    {
        var ways = new Dictionary<string, SourceReference[]> { [start] = [] };
        var next = new Queue<string>([start]);
        while (next.TryDequeue(out string? folder))
            foreach (SourceReference reference in uses[folder])
            {
                string to = FolderOf(reference.To);
                SourceReference[] way = [.. ways[folder], reference];
                if (to == start)
                    return way;
                if (ways.TryAdd(to, way))
                    next.Enqueue(to);
            }
        return null;
    }

    private int RankOf(string file) => file.Split('/') is [string layer, _, ..] ? Array.IndexOf(Names, layer) : Names.Length;

    private static string FolderOf(string file) => file.Contains('/') ? file[..file.LastIndexOf('/')] : "";
}
