namespace MonaLisa.Benchmarks;

/// <summary>Rows of text in columns, written aligned for a terminal or as Markdown.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Write(TextWriter writer, bool markdown)
    {
        if (_rows.Count == 0)
            return;
        int[] widths = [.. columns.Select((column, i) => _rows.Select(row => row[i].Length).Append(column.Length).Max())];
        writer.WriteLine(markdown ? $"### {title}" : title);
        writer.WriteLine();
        WriteRow(writer, columns, widths, markdown);
        if (markdown)
            writer.WriteLine($"|{string.Join('|', columns.Select((_, i) => i == 0 ? "---" : "---:"))}|");
        else
            WriteRow(writer, [.. widths.Select(width => new string('-', width))], widths, markdown);
        foreach (string[] row in _rows)
            WriteRow(writer, row, widths, markdown);
        writer.WriteLine();
    }

    private static void WriteRow(TextWriter writer, string[] cells, int[] widths, bool markdown)
    {
        IEnumerable<string> aligned = cells.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
        writer.WriteLine(markdown ? $"| {string.Join(" | ", cells)} |" : string.Join("  ", aligned).TrimEnd());
    }
}
