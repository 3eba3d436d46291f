using System.Globalization;
using System.Management.Automation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MonaLisa.Shell.Terminal;

/// <summary>
/// Draws progress records: a line with activity, bar, percentage and time left, below it the status. No line is ever wider
/// than the screen, or the display could not be taken away again.
/// </summary>
internal sealed class ProgressView(IReadOnlyList<(ProgressRecord Record, int Depth)> records, int maximumLines) : Renderable
{
    private const int WidestBar = 40;
    private const int NarrowestBar = 8;

    private static readonly Style ActivityStyle = new(Color.Aqua, decoration: Decoration.Bold);
    private static readonly Style DoneStyle = new(Color.Yellow);
    private static readonly Style LeftStyle = new(Color.Grey);
    private static readonly Style StatusStyle = new(Color.Grey);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        List<List<Segment>> lines = [];
        foreach ((ProgressRecord record, int depth) in records)
        {
            string indent = new(' ', Math.Min(2 * depth, maxWidth / 4));
            lines.Add(Heading(record, indent, maxWidth));
            string status = Status(record);
            if (status.Length > 0)
                lines.Add([new Segment(indent + "  "), new Segment(status, StatusStyle)]);
        }

        if (lines.Count > maximumLines)
        {
            int hidden = lines.Count - maximumLines + 1;
            lines.RemoveRange(maximumLines - 1, hidden);
            lines.Add([new Segment($"... and {hidden} more lines", StatusStyle)]);
        }

        foreach (List<Segment> line in lines)
        {
            foreach (Segment segment in Segment.Truncate(line, maxWidth))
                yield return segment;
            yield return Segment.LineBreak;
        }
    }

    private static List<Segment> Heading(ProgressRecord record, string indent, int maxWidth)
    {
        List<Segment> line = [new Segment(indent)];
        if (record.PercentComplete < 0)
        {
            line.Add(new Segment(OneLine(record.Activity), ActivityStyle));
            if (record.SecondsRemaining >= 0)
                line.Add(new Segment("  " + TimeLeft(record.SecondsRemaining)));
            return line;
        }

        string figures = string.Create(CultureInfo.InvariantCulture, $" {Math.Min(record.PercentComplete, 100),3} %");
        if (record.SecondsRemaining >= 0)
            figures += "  " + TimeLeft(record.SecondsRemaining);

        int room = maxWidth - indent.Length - figures.Length - 1;
        var activity = new Segment(OneLine(record.Activity), ActivityStyle);
        int bar = Math.Min(WidestBar, room - activity.CellCount());
        if (bar < NarrowestBar)
        {
            bar = Math.Min(NarrowestBar, Math.Max(0, room));
            activity = Segment.Truncate(activity, Math.Max(1, room - bar)) ?? activity;
        }

        int done = bar * Math.Min(record.PercentComplete, 100) / 100;
        line.Add(activity);
        line.Add(new Segment(" "));
        line.Add(new Segment(new string('━', done), DoneStyle));
        line.Add(new Segment(new string('─', bar - done), LeftStyle));
        line.Add(new Segment(figures));
        return line;
    }

    private static string Status(ProgressRecord record)
    {
        string status = OneLine(record.StatusDescription);
        string operation = OneLine(record.CurrentOperation);
        return operation.Length == 0 ? status : status.Length == 0 ? operation : $"{status}  {operation}";
    }

    private static string TimeLeft(int seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        string format = time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss";
        string days = time.Days > 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Days}d ") : "";
        return $"{days}{time.ToString(format, CultureInfo.InvariantCulture)} left";
    }

    // A line break or an escape sequence in a script's text would move the cursor behind the display's back.
    private static string OneLine(string? text) =>
        text is null ? "" : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
