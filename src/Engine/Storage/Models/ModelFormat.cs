using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>The formats that a network is saved in.</summary>
public enum ModelFormat
{
    /// <summary>A model file that is loaded again.</summary>
    [Description("a model file that Import-MlpModel, Python and PyTorch load (.safetensors)")]
    Safetensors,

    /// <summary>The smallest file at a wanted PSNR, which is loaded again too.</summary>
    [Description("the smallest file at a wanted PSNR, which Import-MlpModel loads too (.mlpz)")]
    Compressed,

    /// <summary>An ONNX model, which other programs run.</summary>
    [Description("an ONNX model, for ONNX Runtime and other programs (.onnx)")]
    Onnx,

    /// <summary>A Shadertoy image shader, for small networks.</summary>
    [Description("a Shadertoy image shader, for small networks (.glsl)")]
    Glsl,

    /// <summary>A page that shows the picture.</summary>
    [Description("a page that shows the picture at every zoom (.html)")]
    Html,
}
