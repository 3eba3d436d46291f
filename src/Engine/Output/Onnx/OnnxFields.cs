using MonaLisa.Engine.Storage;

namespace MonaLisa.Engine.Output;

/// <summary>The numbers of the fields of ONNX messages that are written here, and of their element and attribute types.</summary>
internal static class OnnxFields
{
    /// <summary>Fields of ModelProto.</summary>
    public static class Model
    {
        public const int IrVersion = 1, ProducerName = 2, ProducerVersion = 3, Documentation = 6, Graph = 7, OpsetImport = 8, Metadata = 14;
    }

    /// <summary>Fields of OperatorSetIdProto; the domain of ONNX's own operators is the empty text.</summary>
    public static class OperatorSet
    {
        public const int Domain = 1, Version = 2;
    }

    /// <summary>Fields of StringStringEntryProto.</summary>
    public static class Entry
    {
        public const int Key = 1, Value = 2;
    }

    /// <summary>Fields of GraphProto.</summary>
    public static class Graph
    {
        public const int Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12;
    }

    /// <summary>Fields of NodeProto.</summary>
    public static class Node
    {
        public const int Input = 1, Output = 2, Name = 3, Operation = 4, Attribute = 5;
    }

    /// <summary>Fields and types of AttributeProto.</summary>
    public static class Attribute
    {
        public const int Name = 1, Float = 2, Integer = 3, Text = 4, Integers = 8, Type = 20;
        public const long FloatType = 1, IntegerType = 2, TextType = 3, IntegersType = 7;
    }

    /// <summary>Fields of TensorProto.</summary>
    public static class Tensor
    {
        public const int Dimension = 1, ElementType = 2, Name = 8, RawData = 9;
    }

    /// <summary>Types of a tensor's elements.</summary>
    public static class Element
    {
        public const long Float = 1, Int64 = 7;
    }

    /// <summary>Fields of ValueInfoProto, which declares an input or output, and of the messages that describe its type.</summary>
    public static class Value
    {
        public const int Name = 1, Type = 2, Documentation = 3;
        public const int TensorType = 1;
        public const int ElementType = 1, Shape = 2;
        public const int Dimension = 1;
        public const int DimensionValue = 1, DimensionName = 2;
    }
}
