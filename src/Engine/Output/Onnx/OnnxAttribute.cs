namespace MonaLisa.Engine.Output;

/// <summary>An attribute of a node.</summary>
internal readonly record struct OnnxAttribute(ProtobufMessage Message)
{
    /// <summary>A whole number.</summary>
    public static OnnxAttribute Of(string name, long value) => new(new ProtobufMessage()
        .Add(OnnxFields.Attribute.Name, name)
        .Add(OnnxFields.Attribute.Integer, value)
        .Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegerType));

    /// <summary>A 32-bit number.</summary>
    public static OnnxAttribute Of(string name, float value) => new(new ProtobufMessage()
        .Add(OnnxFields.Attribute.Name, name)
        .Add(OnnxFields.Attribute.Float, value)
        .Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.FloatType));
}
