using System.Globalization;
using System.Net;
using System.Text;
using MonaLisa.Engine.Platform;

namespace MonaLisa.Engine.Output;

/// <summary>Makes HTML of any text; it is well-formed XML too.</summary>
internal static class HtmlText
{
    /// <summary>Text of the document, or of an attribute in double quotes.</summary>
    public static string Encode(string text) => WebUtility.HtmlEncode(RunLabels.Plain(text));

    /// <summary>A list of names and values.</summary>
    public static string List(IEnumerable<(string Name, string Value)> facts)
    {
        var html = new StringBuilder("<dl>");
        foreach ((string name, string value) in facts)
            html.Append($"<div><dt>{Encode(name)}</dt><dd>{Encode(value)}</dd></div>");
        return html.Append("</dl>").ToString();
    }

    /// <summary>A table, which scrolls where it is wider than the page.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="columns">The columns' headings; the first column names the rows.</param>
    /// <param name="rows">The cells, as HTML.</param>
    public static string Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var html = new StringBuilder($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{Encode(caption)}\"><table>");
        html.Append($"<caption>{Encode(caption)}</caption><thead><tr>");
        foreach (string column in columns)
            html.Append($"<th scope=\"col\">{Encode(column)}</th>");
        html.Append("</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
        {
            html.Append($"<tr><th scope=\"row\">{row[0]}</th>");
            foreach (string cell in row.Skip(1))
                html.Append($"<td>{cell}</td>");
            html.Append("</tr>");
        }
        return html.Append("</tbody></table></div>").ToString();
    }

    /// <summary>A number as every machine writes it; a dash for what is none.</summary>
    public static string Number(double? number, string format = "N0") => number switch
    {
        null or double.NaN => "–",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        _ => NumberText.WithoutSignOfZero(number.Value.ToString(format, CultureInfo.InvariantCulture)),
    };

    /// <summary>A PSNR with its unit.</summary>
    public static string Decibels(double? psnr) => psnr is null ? "–" : Number(psnr, "F2") + " dB";

    /// <summary>A time in seconds, or in minutes and hours where it is long.</summary>
    public static string Time(TimeSpan time) => time < TimeSpan.FromMinutes(2)
        ? Number(time.TotalSeconds, time < TimeSpan.FromSeconds(10) ? "F2" : "F1") + " s"
        : Number(Math.Floor(time.TotalHours), "F0") + time.ToString(@"\:mm\:ss", CultureInfo.InvariantCulture) + " h";
}
