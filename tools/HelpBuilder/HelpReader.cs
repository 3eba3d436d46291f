namespace MonaLisa.HelpBuilder;

/// <summary>
/// Reads a command's help from a Markdown file of a strict form: the command as the title, the synopsis, and the sections Description,
/// Parameters, Inputs, Outputs, Examples and Links; in Parameters, Inputs, Outputs and Examples each entry has its own heading.
/// </summary>
internal static class HelpReader
{
    private const string Title = "# ", Section = "## ", Entry = "### ", Fence = "```", Item = "- ";

    private static readonly string[] Sections = ["Description", "Parameters", "Inputs", "Outputs", "Examples", "Links"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="HelpException">It has not this form.</exception>
    public static CommandHelp Read(string file)
    {
        string[] lines = File.ReadAllLines(file);
        if (lines is [] || !lines[0].StartsWith(Title, StringComparison.Ordinal))
            throw new HelpException(file, 1, "The first line must be '# ' and the command's name.");
        string name = lines[0][Title.Length..].Trim();
        if (name != Path.GetFileNameWithoutExtension(file))
            throw new HelpException(file, 1, $"The file is not called after its command, {name}.");
        List<(string Name, int First, int End)> sections = [.. Cut(lines, 1, lines.Length, Section)];
        int expected = 0;
        foreach ((string section, int first, _) in sections)
            if (expected >= Sections.Length || section != Sections[expected++])
                throw new HelpException(file, first, $"The sections must be {string.Join(", ", Sections)}, in this order.");
        if (expected < Sections.Length)
            throw new HelpException(file, lines.Length, $"The section {Sections[expected]} is missing.");
        IReadOnlyList<NamedText> Entries(int section) =>
            [.. Cut(lines, sections[section].First, sections[section].End, Entry)
                .Select(entry => new NamedText(entry.Name, entry.First, Paragraphs(lines, entry.First, entry.End)))];
        List<string> synopsis = Paragraphs(lines, 1, sections[0].First - 1);
        if (synopsis.Count != 1)
            throw new HelpException(file, 2, "Under the title there must be one paragraph, the synopsis.");
        return new CommandHelp(
            file, name, synopsis[0], Paragraphs(lines, sections[0].First, sections[0].End), Entries(1), Entries(2), Entries(3),
            [.. Cut(lines, sections[4].First, sections[4].End, Entry).Select(entry => ExampleOf(file, lines, entry))],
            [.. lines[sections[5].First..sections[5].End].Where(line => line.StartsWith(Item, StringComparison.Ordinal))
                .Select(line => line[Item.Length..].Trim())]);
    }

    /// <summary>Cuts lines at the headings of a kind: each heading, and the lines under it.</summary>
    private static IEnumerable<(string Name, int First, int End)> Cut(string[] lines, int first, int end, string heading)
    {
        string? name = null;
        bool isCode = false;
        int start = first;
        for (int line = first; line < end; line++)
        {
            if (lines[line].StartsWith(Fence, StringComparison.Ordinal))
                isCode = !isCode;
            if (isCode || !lines[line].StartsWith(heading, StringComparison.Ordinal))
                continue;
            if (name is not null)
                yield return (name, start, line);
            (name, start) = (lines[line][heading.Length..].Trim(), line + 1);
        }
        if (name is not null)
            yield return (name, start, end);
    }

    private static Example ExampleOf(string file, string[] lines, (string Name, int First, int End) entry)
    {
        int open = Array.FindIndex(lines, entry.First, entry.End - entry.First, IsFence);
        int close = open < 0 ? -1 : Array.FindIndex(lines, open + 1, entry.End - open - 1, IsFence);
        if (close < 0)
            throw new HelpException(file, entry.First, $"The example '{entry.Name}' has no code between two lines of ```.");
        return new Example(entry.Name, string.Join('\n', lines[(open + 1)..close]), Paragraphs(lines, close + 1, entry.End));
    }

    private static bool IsFence(string line) => line.StartsWith(Fence, StringComparison.Ordinal);

    /// <summary>The lines' paragraphs, each in one line.</summary>
    private static List<string> Paragraphs(string[] lines, int first, int end)
    {
        List<string> paragraphs = [];
        bool isNew = true;
        foreach (string line in lines[first..end].Select(line => line.Trim()))
        {
            if (line.Length > 0 && isNew)
                paragraphs.Add(line);
            else if (line.Length > 0)
                paragraphs[^1] += " " + line;
            isNew = line.Length == 0;
        }
        return paragraphs;
    }
}
