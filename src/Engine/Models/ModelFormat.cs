namespace MonaLisa.Engine;

/// <summary>The formats that a network is saved in.</summary>
public enum ModelFormat
{
    /// <summary>A model file that is loaded again, see <see cref="ModelFile"/>.</summary>
    Safetensors,

    /// <summary>The smallest file at a wanted PSNR, which is loaded again too, see <see cref="CompressedModelFile"/>.</summary>
    Compressed,

    /// <summary>An ONNX model, which other programs run, see <see cref="OnnxFile"/>.</summary>
    Onnx,

    /// <summary>A Shadertoy image shader, for small networks, see <see cref="GlslFile"/>.</summary>
    Glsl,

    /// <summary>A page that shows the picture, see <see cref="HtmlFile"/>.</summary>
    Html,
}
