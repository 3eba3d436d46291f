using Google.Protobuf;

namespace MonaLisa.Engine.Output;

/// <summary>
/// A protobuf message put together field by field. Its length is always known, and numbers are not copied before they are
/// written: a model is as large as its network.
/// </summary>
internal sealed class ProtobufMessage
{
    private readonly List<Action<CodedOutputStream, CancellationToken>> _fields = [];

    /// <summary>Its length in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a whole number.</summary>
    public ProtobufMessage Add(int field, long value) => Add(
        field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value), (output, _) => output.WriteInt64(value));

    /// <summary>Adds a 32-bit number.</summary>
    public ProtobufMessage Add(int field, float value) =>
        Add(field, WireFormat.WireType.Fixed32, sizeof(float), (output, _) => output.WriteFloat(value));

    /// <summary>Adds a text.</summary>
    public ProtobufMessage Add(int field, string text) => Add(
        field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(text), (output, _) => output.WriteString(text));

    /// <summary>Adds a message, which is not changed any more.</summary>
    public ProtobufMessage Add(int field, ProtobufMessage message) => AddBytes(field, message.Length, message.WriteTo);

    /// <summary>Adds numbers as bytes, little-endian.</summary>
    public ProtobufMessage AddBytes(int field, float[] values) => AddBytes(field, (long)values.Length * sizeof(float), (output, _) =>
    {
        foreach (float value in values)
            output.WriteFloat(value);
    });

    /// <summary>Adds whole numbers as bytes, little-endian.</summary>
    public ProtobufMessage AddBytes(int field, long[] values) => AddBytes(field, (long)values.Length * sizeof(long), (output, _) =>
    {
        foreach (long value in values)
            output.WriteSFixed64(value);
    });

    /// <summary>Writes the fields in the order in which they were added.</summary>
    /// <param name="output">Receives them; a part of them longer than 2 GiB cannot be written.</param>
    /// <param name="cancellationToken">Ends the writing between two fields.</param>
    public void WriteTo(CodedOutputStream output, CancellationToken cancellationToken)
    {
        foreach (Action<CodedOutputStream, CancellationToken> write in _fields)
        {
            cancellationToken.ThrowIfCancellationRequested();
            write(output, cancellationToken);
        }
    }

    private ProtobufMessage AddBytes(int field, long length, Action<CodedOutputStream, CancellationToken> write) => Add(
        field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeInt64Size(length) + length, (output, cancellationToken) =>
        {
            output.WriteLength(checked((int)length));
            write(output, cancellationToken);
        });

    private ProtobufMessage Add(int field, WireFormat.WireType type, long length, Action<CodedOutputStream, CancellationToken> write)
    {
        Length += CodedOutputStream.ComputeTagSize(field) + length;
        _fields.Add((output, cancellationToken) =>
        {
            output.WriteTag(field, type);
            write(output, cancellationToken);
        });
        return this;
    }
}
