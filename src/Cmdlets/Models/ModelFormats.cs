using MonaLisa.Engine;

namespace MonaLisa.PowerShell;

/// <summary>The formats that Export-MlpModel writes.</summary>
internal static class ModelFormats
{
    private static readonly ModelFormatWriter[] All =
    [
        new SafetensorsFormat(),
        new CompressedFormat(),
        new ExportFormat(ModelFormat.Onnx, OnnxFile.Extension, $"ONNX opset {OnnxFile.Opset}", OnnxFile.Save, OnnxFile.Save),
        new ExportFormat(ModelFormat.Glsl, GlslFile.Extension, "a Shadertoy image shader", GlslFile.Save, GlslFile.Save),
        new ExportFormat(ModelFormat.Html, HtmlFile.Extension, "a page for browsers with WebGL 2", HtmlFile.Save, HtmlFile.Save),
    ];

    /// <summary>The extensions of all formats.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. All.SelectMany(format => format.Extensions)];

    /// <summary>The format of this name.</summary>
    public static ModelFormatWriter Of(ModelFormat format) => All.Single(writer => writer.Format == format);

    /// <summary>The format that a file's extension tells, or null.</summary>
    public static ModelFormatWriter? OfFile(string path) => Array.Find(
        All, writer => writer.Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase));
}
