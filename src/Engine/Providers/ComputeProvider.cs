namespace MonaLisa.Engine;

/// <summary>Who computes the matrix products.</summary>
public enum ComputeProvider
{
    /// <summary>The one measured to be fastest on this processor.</summary>
    Auto,

    /// <summary>This engine's own SIMD kernels; always there.</summary>
    Managed,

    /// <summary>Intel's Math Kernel Library, where it is installed.</summary>
    Mkl,
}
