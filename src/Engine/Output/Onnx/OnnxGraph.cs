using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>
/// An ONNX graph being put together. Values are known by their names; a node has the name of its one output, and is added after those
/// that it takes its inputs from.
/// </summary>
internal sealed class OnnxGraph
{
    private readonly ProtobufMessage _message = new();
    private readonly HashSet<string> _constants = [];

    /// <summary>Begins a graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="opset">The version of the operators it is made of.</param>
    public OnnxGraph(string name, int opset)
    {
        Opset = opset;
        _message.Add(OnnxFields.Graph.Name, name);
    }

    /// <summary>The version of the operators.</summary>
    public int Opset { get; }

    /// <summary>The graph, complete.</summary>
    public ProtobufMessage Message => _message;

    /// <summary>Declares an input of 32-bit numbers.</summary>
    public string Input(string name, string documentation, params ReadOnlySpan<OnnxDimension> shape) =>
        Declare(OnnxFields.Graph.Input, name, documentation, shape);

    /// <summary>Declares a value of 32-bit numbers to be an output.</summary>
    public void Output(string name, string documentation, params ReadOnlySpan<OnnxDimension> shape) =>
        Declare(OnnxFields.Graph.Output, name, documentation, shape);

    /// <summary>Adds a constant of 32-bit numbers, row-major; one that is there already under this name is taken for it.</summary>
    public string Constant(string name, float[] values, params ReadOnlySpan<long> shape)
    {
        if (_constants.Add(name))
            _message.Add(OnnxFields.Graph.Initializer,
                Tensor(name, OnnxFields.Element.Float, shape).AddBytes(OnnxFields.Tensor.RawData, values));
        return name;
    }

    /// <summary>Adds a constant of whole numbers, row-major; one that is there already under this name is taken for it.</summary>
    public string Indices(string name, long[] values, params ReadOnlySpan<long> shape)
    {
        if (_constants.Add(name))
            _message.Add(OnnxFields.Graph.Initializer,
                Tensor(name, OnnxFields.Element.Int64, shape).AddBytes(OnnxFields.Tensor.RawData, values));
        return name;
    }

    /// <summary>Adds a node.</summary>
    /// <param name="output">The name of its output.</param>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">The names of its inputs.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The name of its output.</returns>
    public string Node(string output, string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new ProtobufMessage();
        foreach (string input in inputs)
            node.Add(OnnxFields.Node.Input, input);
        node.Add(OnnxFields.Node.Output, output).Add(OnnxFields.Node.Name, output).Add(OnnxFields.Node.Operation, operation);
        foreach (OnnxAttribute attribute in attributes)
            node.Add(OnnxFields.Node.Attribute, attribute.Message);
        _message.Add(OnnxFields.Graph.Node, node);
        return output;
    }

    /// <summary>Adds a node that limits a value to [0, 1].</summary>
    public string Clamp(string output, string value) => Opset >= OnnxOpset.WithClipInputs
        ? Node(output, "Clip", [value, Constant("zero", [0f]), Constant("one", [1f])])
        : Node(output, "Clip", [value], OnnxAttribute.Of("min", 0f), OnnxAttribute.Of("max", 1f));

    /// <summary>Adds a node that joins values along their channels.</summary>
    public string Concat(string output, ReadOnlySpan<string> values) => Node(output, "Concat", values, OnnxAttribute.Of("axis", 1));

    /// <summary>Adds a node that takes a part of a value along an axis.</summary>
    /// <param name="output">The name of its output.</param>
    /// <param name="value">The value.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="first">The first that is taken.</param>
    /// <param name="end">The first after it that is not.</param>
    public string Slice(string output, string value, int axis, long first, long end) => Opset >= OnnxOpset.WithSliceInputs
        ? Node(output, "Slice", [value, Indices($"{output}.first", [first], 1), Indices($"{output}.end", [end], 1), Indices($"{output}.axis", [axis], 1)])
        : Node(output, "Slice", [value], OnnxAttribute.Of("axes", [(long)axis]), OnnxAttribute.Of("starts", [first]), OnnxAttribute.Of("ends", [end]));

    /// <summary>Adds a node that makes whole numbers of others, which are some.</summary>
    public string Whole(string output, string value) => Node(output, "Cast", [value], OnnxAttribute.Of("to", OnnxFields.Element.Int64));

    /// <summary>Adds a node that makes 32-bit numbers of truths, 1 and 0.</summary>
    public string Number(string output, string value) => Node(output, "Cast", [value], OnnxAttribute.Of("to", OnnxFields.Element.Float));

    /// <summary>Adds a node that puts the edge's pixels around pictures <c>[1, channels, height, width]</c>.</summary>
    /// <param name="output">The name of its output.</param>
    /// <param name="value">The pictures.</param>
    /// <param name="before">How many above and on the left.</param>
    /// <param name="after">How many below and on the right.</param>
    public string Pad(string output, string value, int before, int after)
    {
        long[] pads = [0, 0, before, before, 0, 0, after, after];
        return Opset >= OnnxOpset.WithPadInputs
            ? Node(output, "Pad", [value, Indices($"{output}.pads", pads, pads.Length)], OnnxAttribute.Of("mode", "edge"))
            : Node(output, "Pad", [value], OnnxAttribute.Of("mode", "edge"), OnnxAttribute.Of("pads", pads));
    }

    private static ProtobufMessage Tensor(string name, long elementType, ReadOnlySpan<long> shape)
    {
        var tensor = new ProtobufMessage().Add(OnnxFields.Tensor.Name, name).Add(OnnxFields.Tensor.ElementType, elementType);
        foreach (long length in shape)
            tensor.Add(OnnxFields.Tensor.Dimension, length);
        return tensor;
    }

    private string Declare(int field, string name, string documentation, ReadOnlySpan<OnnxDimension> dimensions)
    {
        var shape = new ProtobufMessage();
        foreach (OnnxDimension dimension in dimensions)
            shape.Add(OnnxFields.Value.Dimension, dimension.Message);
        ProtobufMessage tensor = new ProtobufMessage()
            .Add(OnnxFields.Value.ElementType, OnnxFields.Element.Float)
            .Add(OnnxFields.Value.Shape, shape);
        _message.Add(field, new ProtobufMessage()
            .Add(OnnxFields.Value.Name, name)
            .Add(OnnxFields.Value.Type, new ProtobufMessage().Add(OnnxFields.Value.TensorType, tensor))
            .Add(OnnxFields.Value.Documentation, documentation));
        return name;
    }
}

/// <summary>A dimension of an input or output: its length, or a name where any length will do.</summary>
internal readonly record struct OnnxDimension(ProtobufMessage Message)
{
    public static implicit operator OnnxDimension(long length) => new(new ProtobufMessage().Add(OnnxFields.Value.DimensionValue, length));

    public static implicit operator OnnxDimension(string name) => new(new ProtobufMessage().Add(OnnxFields.Value.DimensionName, name));
}

/// <summary>An attribute of a node.</summary>
internal readonly record struct OnnxAttribute(ProtobufMessage Message)
{
    /// <summary>A whole number.</summary>
    public static OnnxAttribute Of(string name, long value) => new(new ProtobufMessage()
        .Add(OnnxFields.Attribute.Name, name)
        .Add(OnnxFields.Attribute.Integer, value)
        .Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegerType));

    /// <summary>Whole numbers.</summary>
    public static OnnxAttribute Of(string name, ReadOnlySpan<long> values)
    {
        ProtobufMessage message = new ProtobufMessage().Add(OnnxFields.Attribute.Name, name);
        foreach (long value in values)
            message.Add(OnnxFields.Attribute.Integers, value);
        return new(message.Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.IntegersType));
    }

    /// <summary>A text.</summary>
    public static OnnxAttribute Of(string name, string value) => new(new ProtobufMessage()
        .Add(OnnxFields.Attribute.Name, name)
        .Add(OnnxFields.Attribute.Text, value)
        .Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.TextType));

    /// <summary>A 32-bit number.</summary>
    public static OnnxAttribute Of(string name, float value) => new(new ProtobufMessage()
        .Add(OnnxFields.Attribute.Name, name)
        .Add(OnnxFields.Attribute.Float, value)
        .Add(OnnxFields.Attribute.Type, OnnxFields.Attribute.FloatType));
}
