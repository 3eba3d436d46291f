namespace MonaLisa.Engine.Storage;

/// <summary>The number types of safetensors that a model file may use, under safetensors' names.</summary>
internal enum TensorType
{
    /// <summary>32-bit floating point.</summary>
    F32,

    /// <summary>16-bit floating point.</summary>
    F16,

    /// <summary>8-bit whole numbers with a sign.</summary>
    I8,

    /// <summary>64-bit floating point: in checkpoints alone.</summary>
    F64,

    /// <summary>Bytes: in checkpoints alone.</summary>
    U8,
}

/// <summary>Sizes of the number types.</summary>
internal static class TensorTypes
{
    /// <summary>Bytes a number.</summary>
    public static int Size(this TensorType type) => type switch
    {
        TensorType.F64 => sizeof(double),
        TensorType.F32 => sizeof(float),
        TensorType.F16 => sizeof(ushort),
        _ => sizeof(sbyte),
    };
}
