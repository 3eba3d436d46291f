namespace MonaLisa.Quality;

/// <summary>A Markdown table on the standard output, each row as soon as it is known.</summary>
internal sealed class MarkdownTable
{
    /// <summary>What stands where there is no figure.</summary>
    public const string Absent = "-";

    /// <summary>Columns of words, aligned to the left; the others are of figures.</summary>
    private static readonly HashSet<string> WordColumns =
        ["choice", "ended by", "gap", "method", "network", "picture", "provider, threads", "quality", "setting"];

    private readonly int _columnCount;

    /// <summary>Writes the title and the head.</summary>
    /// <param name="title">The title.</param>
    /// <param name="columns">The columns' names.</param>
    public MarkdownTable(string title, params string[] columns)
    {
        _columnCount = columns.Length;
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Add(columns);
        Console.WriteLine($"|{string.Join('|', columns.Select(column => WordColumns.Contains(column) ? "---" : "---:"))}|");
    }

    /// <summary>Writes a row; a missing figure is null.</summary>
    public void Add(params string?[] cells)
    {
        if (cells.Length != _columnCount)
            throw new ArgumentException($"The table has {_columnCount} columns; {cells.Length} cells were given.");
        Console.WriteLine($"| {string.Join(" | ", cells.Select(cell => cell ?? Absent))} |");
    }

    /// <summary>Writes the blank line that ends a table.</summary>
    public static void End() => Console.WriteLine();
}
