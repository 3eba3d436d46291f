using System.ComponentModel;

namespace MonaLisa.Engine;

/// <summary>Who computes the matrix products.</summary>
public enum ComputeProvider
{
    /// <summary>The one measured to be fastest on this processor.</summary>
    [Description("the fastest on this processor; the default")]
    Auto,

    /// <summary>This engine's own SIMD kernels; always there.</summary>
    [Description("the module's own SIMD kernels, always there")]
    Managed,

    /// <summary>Intel's Math Kernel Library, where it is installed.</summary>
    [Description("Intel's Math Kernel Library, where it is installed")]
    Mkl,
}
