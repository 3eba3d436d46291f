using System.Xml.Linq;

namespace MonaLisa.Engine.Output;

/// <summary>
/// Plots as SVG that takes the page's colours: black becomes the colour of text, white that of the paper. The page's policy allows no
/// style in an element, so that styles become attributes; and what a plot refers to has a name that no other plot of the page has.
/// </summary>
internal static class ReportPlot
{
    private const int Width = 900, LeastHeight = 460, RowOfLegend = 26, AroundLegend = 120;

    /// <summary>The plot, or null where nothing of these runs can be plotted.</summary>
    /// <param name="runs">The runs; those without a point are left out.</param>
    /// <param name="labels">What they are called.</param>
    /// <param name="options">What to plot.</param>
    /// <param name="id">A name that no other plot of the page has.</param>
    public static string? Of(IReadOnlyList<TrainingRun> runs, IReadOnlyList<string> labels, TrainingPlotOptions options, string id)
    {
        int[] plotted = [.. Enumerable.Range(0, runs.Count).Where(i => CanPlot(runs[i], options))];
        if (plotted.Length == 0)
            return null;
        int height = Math.Clamp(
            AroundLegend + RowOfLegend * plotted.Length * options.Metrics.Count, LeastHeight, TrainingPlotOptions.MaxSide);
        string svg = TrainingPlot.Svg([.. plotted.Select(i => runs[i])],
            options with { Labels = [.. plotted.Select(i => labels[i])], Width = Width, Height = height });
        string description = $"{options.Title} of {string.Join("; ", plotted.Select(i => labels[i]))}";
        return Themed(XElement.Parse(svg), id, description).ToString(SaveOptions.DisableFormatting);
    }

    private static bool CanPlot(TrainingRun run, TrainingPlotOptions options)
    {
        try
        {
            TrainingPlot.Require(run, options);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static XElement Themed(XElement svg, string id, string description)
    {
        // The paper.
        svg.Elements().First(element => element.Name.LocalName == "rect").Remove();
        svg.SetAttributeValue("viewBox", $"0 0 {svg.Attribute("width")!.Value} {svg.Attribute("height")!.Value}");
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-label", RunLabels.Plain(description));
        foreach (XElement element in svg.Descendants())
        {
            if (element.Attribute("style") is XAttribute style)
            {
                style.Remove();
                foreach (string declaration in style.Value.Split(';', StringSplitOptions.RemoveEmptyEntries))
                {
                    string[] parts = declaration.Split(':', 2);
                    Set(element, parts[0].Trim(), parts[1].Trim());
                }
            }
            foreach (XAttribute attribute in element.Attributes())
                if (attribute.Name.LocalName == "id")
                    attribute.Value = $"{id}-{attribute.Value}";
                else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
                    attribute.Value = $"url(#{id}-{attribute.Value[5..]}";
        }
        return svg;
    }

    private static void Set(XElement element, string property, string value)
    {
        string color = value.Replace(" ", "", StringComparison.Ordinal);
        if (property == "fill" && color is "white" or "rgb(255,255,255)")
            element.SetAttributeValue("class", "paper");
        else if (property == "stroke" && color == "rgb(220,220,220)")
            element.SetAttributeValue("class", "grid");
        else
            element.SetAttributeValue(property, color is "black" or "rgb(0,0,0)" ? "currentColor" : value);
    }
}
